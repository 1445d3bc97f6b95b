"""scikit-learn's elastic net on the tutorial's data: prints the weights for each `alpha l1_ratio` of the command line as JSON."""

import json
import sys

import numpy as np
from sklearn.linear_model import ElasticNet

FEATURES = ["Cylinders", "Displacement", "Horsepower", "Weight_in_lbs", "Acceleration"]
TARGET = "Miles_per_Gallon"

path, *pairs = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    cars = [car for car in json.load(file) if all(car[name] is not None for name in [*FEATURES, TARGET])]
train = [car for row, car in enumerate(cars) if row % 4 != 0]
x = np.array([[car[name] for name in FEATURES] for car in train], dtype=float)
y = np.array([car[TARGET] for car in train], dtype=float)
x = (x - x.mean(axis=0)) / x.std(axis=0)

weights = {}
for pair in pairs:
    alpha, l1_ratio = map(float, pair.split(","))
    weights[pair] = ElasticNet(alpha=alpha, l1_ratio=l1_ratio, tol=1e-10, max_iter=100_000).fit(x, y).coef_.tolist()
print(json.dumps(weights))

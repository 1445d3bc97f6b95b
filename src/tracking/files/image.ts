import { InvalidInputError, messages, now, randomUuid, type Tag, TAGS } from "../../core";

/** Raw pixels, row by row: 1 (grey), 3 (RGB) or 4 (RGBA) channels of 0 to 255. */
export interface Pixels {
  readonly data: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  /** @default what the length of `data` says */
  readonly channels?: number;
}

/** As much of a tf.Tensor as an image needs. */
export interface ImageTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  dataSync(): ArrayLike<number>;
}

/** What `logImage` takes: the bytes of a PNG or JPEG, raw pixels, or a tensor. */
export type Image = Uint8Array | Pixels | ImageTensor;

function imageBytes(image: Image): Uint8Array {
  if (image instanceof Uint8Array) {
    if (endingOf(image)) return Uint8Array.from(image);
  } else if (isTensor(image)) return encodePng(fromTensor(image));
  else if (isPixels(image)) return encodePng(image);
  throw new InvalidInputError(
    messages.wrongType(
      "The image",
      image,
      "PNG or JPEG bytes, {data, width, height, channels}, or a tensor [height, width, channels]",
      "data has one number for each channel of each pixel; logFigure(svg, file) keeps SVG.",
    ),
  );
}

/** An image as it is kept. */
export interface ImageFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Tags of the run that go with it. */
  readonly tags: readonly Tag[];
}

/**
 * One artifact under a file's name (`.png`, `.jpg`, `.jpeg`); under a key a step of a series, as MLflow names it
 * (mlflow/tracking/client.py, log_image). The caller's own bytes are left untouched.
 * @throws INVALID_PARAMETER_VALUE for what is no image, and for a key with other characters than MLflow takes
 */
export function imageFile(image: Image, fileOrKey: string, step: number): ImageFile {
  const bytes = imageBytes(image);
  if (/\.(png|jpe?g)$/i.test(fileOrKey)) return { path: fileOrKey, bytes, tags: [] };
  if (!/^[a-zA-Z0-9_\-./ ]+$/.test(fileOrKey)) throw new InvalidInputError(messages.badImageKey(fileOrKey));
  const name = `${fileOrKey.replaceAll("/", "~")}+step+${step}+timestamp+${now()}+${randomUuid()}`;
  const tags = [{ key: TAGS.loggedImages, value: "True" }];
  return { path: `images/${name}.${endingOf(bytes) ?? "png"}`, bytes, tags };
}

function endingOf(bytes: Uint8Array): "png" | "jpg" | undefined {
  if (bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47) return "png";
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? "jpg" : undefined;
}

const isTensor = (image: unknown): image is ImageTensor =>
  typeof image === "object" && image !== null && "dataSync" in image && "shape" in image;

function isPixels(image: unknown): image is Pixels {
  const pixels = image as Pixels | null;
  if (typeof pixels !== "object" || pixels === null) return false;
  const { data, width, height } = pixels;
  if (!data || !Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) return false;
  return [1, 3, 4].includes(channelsOf(pixels)) && data.length === width * height * channelsOf(pixels);
}

const channelsOf = ({ data, width, height, channels }: Pixels): number => channels ?? data.length / (width * height);

function fromTensor(tensor: ImageTensor): Pixels {
  const [height, width, channels = 1] = tensor.shape as [number, number, number?];
  const values = tensor.dataSync();
  const scale = tensor.dtype === "int32" ? 1 : 255;
  const pixels = { data: Array.from(values, (value) => value * scale), width, height, channels };
  if (isPixels(pixels)) return pixels;
  throw new InvalidInputError(
    messages.wrongType(
      "The image",
      tensor.shape,
      "a tensor [height, width] or [height, width, 1, 3 or 4]",
      "tensor.squeeze() takes off dimensions of length 1; log the images of a batch one by one.",
    ),
  );
}

function encodePng(pixels: Pixels): Uint8Array {
  const { PNG } = require("pngjs") as typeof import("pngjs");
  const { data, width, height } = pixels;
  const channels = channelsOf(pixels);
  const png = new PNG({ width, height });
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 4; channel++) {
      const source = channels === 1 && channel < 3 ? 0 : channel;
      const value = source < channels ? (data[pixel * channels + source] as number) : 255;
      png.data[pixel * 4 + channel] = Math.max(0, Math.min(255, Math.round(value)));
    }
  }
  return Uint8Array.from(PNG.sync.write(png));
}

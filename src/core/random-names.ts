/** Words for run names. */
export const ADJECTIVES = (
  "able adept agile amber ample arctic aware balmy bold brave breezy bright brisk calm candid capable casual cheerful " +
  "chill civil clean clear clever coastal cool cosmic cozy crisp curious dapper daring dazzling deft delicate dreamy " +
  "eager early earnest easy elated elegant even fair famous fancy fast fearless festive fine flashy fluent fond frank " +
  "free fresh funny gallant gentle gifted glad golden good grand great handy happy hardy hearty honest hopeful humble " +
  "humorous icy ideal jolly jovial joyous judicious keen kind languid learned legendary light likeable lively lofty " +
  "loud lucky luminous lyric mellow merry mild mindful misty modest moody mountain neat nimble noble novel nosy open " +
  "orderly painted patient placid pleasant plucky polite powerful proud quick quiet rapid rare receptive righteous " +
  "rustic sassy secret sedate selfless serious shivering silent sincere skillful sleepy smooth snowy sober spirited " +
  "steady stately sunny swift tall tame tasty thankful thoughtful tidy traveling trusting upbeat useful valuable vast " +
  "vaunted victorious vivid warm wise wistful witty wondrous youthful zealous"
).split(" ");

export const ANIMALS = (
  "ant ape asp auk bass bat bear bee bird boar bug bull calf carp cat chimp cod colt conch cow crab crane cub croc " +
  "crow dear deer doe dog dolphin donkey dove duck eel elk eagle fawn finch fish flea fly foal fowl fox frog gnat gnu " +
  "goat goose grouse grub gull hare hawk hen heron hog horse hound jay kite koi lamb lark lynx loon lynx mare mink " +
  "mole moose moth mouse mule newt otter owl ox panda penguin perch pig pug quail ram rat ray robin roo rook seal shad " +
  "shark sheep shoat shrew shrike shrimp skink skunk sloth slug smelt snail snake snipe sow sponge squid squirrel stag " +
  "steed stoat stork swan tern toad trout turtle vole wasp whale wolf worm wren yak zebra"
).split(" ");

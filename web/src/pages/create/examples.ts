/** To begin with; each takes about as long to say as a short video lasts. */
export const examples = [
  `In 1889, a bakery in Naples was asked to make something for a queen.
The baker, Raffaele Esposito, thought of the flag of Italy. He took basil for the green, mozzarella for the white, and ripe tomatoes for the red.
Queen Margherita loved it. She wrote a letter of thanks, and he named the pizza after her.
Today a pizza Margherita is baked somewhere in the world every second. And it still wears the colours of that afternoon.`,
  `Far out in the Pacific, an octopus is dreaming.
Her skin turns from pale grey to deep orange, and then to the pattern of sand. Nobody is there to see it. She is asleep.
Scientists think she may be hunting in her sleep: following a crab, pouncing, hiding again.
If that is true, then dreams are far older than we are. And the sea is full of them.`,
  `You look at your phone about a hundred times a day.
Try this instead. Each time you reach for it, breathe out slowly and look at something far away. A tree, a roof, a cloud.
It takes four seconds. Your eyes relax, your shoulders drop, and most of the time you forget why you wanted the phone.
Four seconds, a hundred times. That is almost seven minutes of calm, every day, for free.`,
]

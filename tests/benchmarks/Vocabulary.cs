namespace Plumbline.Benchmarks;

/// <summary>Words with the frequencies of natural text: the n-th most common appears about 1/n as often as the first (Zipf).</summary>
internal sealed class Vocabulary
{
    private const int Size = 20_000;
    private static readonly string[] Common =
        ("the of and to a in is you that it for on are with as i this be your have we can from or by not will at if order account please "
        + "refund invoice delivery customer policy contract payment address support ticket model answer question context document section clause "
        + "party agreement patient dose "
        + "treatment result error timeout retry request response token search summary because however therefore within between during").Split(' ');
    private static readonly string[] Syllables =
        "an be co de en fi ga ho in ju ka lo me no or pa qui ra so ta un ve wi xa yo ze tion ment able ing er ist al ive ous".Split(' ');
    private readonly string[] _words = new string[Size];
    private readonly double[] _cumulative = new double[Size];

    public Vocabulary(int seed)
    {
        var random = new Random(seed);
        var seen = new HashSet<string>(Common);
        Common.CopyTo(_words, 0);
        for (var i = Common.Length; i < Size;)
        {
            var word = string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => Syllables[random.Next(Syllables.Length)]));
            if (seen.Add(word)) _words[i++] = word;
        }
        var sum = 0.0;
        for (var i = 0; i < Size; i++) _cumulative[i] = sum += 1.0 / (i + 2.7);
        for (var i = 0; i < Size; i++) _cumulative[i] /= sum;
    }

    public string Word(Random random)
    {
        var at = Array.BinarySearch(_cumulative, random.NextDouble());
        return _words[Math.Min(Size - 1, at >= 0 ? at : ~at)];
    }

    /// <summary>A word of the given rank, 0 for the most common.</summary>
    public string this[int rank] => _words[rank];
}

namespace Plumbline.Otlp.Tests.Wire;

/// <summary>A body with some bytes flipped, cut, doubled or swapped.</summary>
internal static class MutatedBody
{
    public static byte[] Of(byte[] body, Random random)
    {
        var copy = body.ToArray();
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            var at = random.Next(copy.Length);
            switch (random.Next(5))
            {
                case 0: copy[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: copy[at] = (byte)random.Next(256); break;
                case 2: copy = copy.Length > 8 ? copy[..Math.Max(8, at)] : copy; break;
                case 3: copy = [.. copy[..at], .. copy[at..Math.Min(copy.Length, at + random.Next(64))], .. copy[at..]]; break;
                default: (copy[at], copy[copy.Length - 1 - at]) = (copy[copy.Length - 1 - at], copy[at]); break;
            }
        }
        return copy;
    }
}

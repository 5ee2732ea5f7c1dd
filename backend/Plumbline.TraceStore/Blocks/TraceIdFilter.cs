namespace Plumbline.TraceStore.Blocks;

/// <summary>Says of a trace id that it is surely not, or perhaps, among a block's; FORMAT.md describes the bits.</summary>
internal sealed class TraceIdFilter(byte[] bits)
{
    private const int Line = 64;
    private const int BitsPerId = 20;

    public byte[] Bytes => bits;

    public static TraceIdFilter Of(ReadOnlySpan<TraceId> ids)
    {
        var lines = Math.Max(1, ((ids.Length * BitsPerId) + (Line * 8) - 1) / (Line * 8));
        var filter = new TraceIdFilter(new byte[lines * Line]);
        foreach (var id in ids) filter.Add(id);
        return filter;
    }

    public bool MayContain(TraceId id)
    {
        var mix = id.Mix();
        var line = LineOf(mix);
        for (var bit = Spread(mix); ; bit >>= 9)
        {
            var at = (int)(bit & 511);
            if ((line[at >> 3] & (1 << (at & 7))) == 0) return false;
            if (bit >> 9 == 1) return true;
        }
    }

    private void Add(TraceId id)
    {
        var mix = id.Mix();
        var line = LineOf(mix);
        for (var bit = Spread(mix); bit != 1; bit >>= 9)
        {
            var at = (int)(bit & 511);
            line[at >> 3] |= (byte)(1 << (at & 7));
        }
    }

    // Six groups of nine bits, ended by a one.
    private static ulong Spread(ulong mix) => ((mix * 0x9E3779B97F4A7C15ul) >> 10) | (1ul << 54);

    private Span<byte> LineOf(ulong mix) => bits.AsSpan((int)(((mix >> 32) * (ulong)(bits.Length / Line)) >> 32) * Line, Line);
}

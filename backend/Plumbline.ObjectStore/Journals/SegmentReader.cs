namespace Plumbline.ObjectStore.Journals;

/// <summary>Walks the frames of one segment and tells a torn tail from damage.</summary>
internal static class SegmentReader
{
    /// <summary>Hands each whole frame to <paramref name="visit"/>.</summary>
    /// <returns>The length up to which the segment is whole; less than its length when the tail is torn.</returns>
    /// <exception cref="JournalCorruptedException">A damaged frame is followed by a whole one.</exception>
    public static long Read(string name, ReadOnlyMemory<byte> segment, Action<JournalFrame, long> visit)
    {
        var magic = JournalFrame.Magic;
        if (segment.Length < magic.Length || !segment.Span.StartsWith(magic)) return ReadWithoutMagic(name, segment);
        var offset = magic.Length;
        while (offset < segment.Length && JournalFrame.TryRead(segment[offset..], out var frame))
        {
            visit(frame, offset);
            offset += frame.Length;
        }
        if (offset < segment.Length) RefuseDamage(name, segment, offset);
        return offset;
    }

    private static long ReadWithoutMagic(string name, ReadOnlyMemory<byte> segment)
    {
        RefuseDamage(name, segment, 0);
        return 0;
    }

    // Only one frame is under way at a time. A whole frame behind a broken one was therefore acknowledged, and so was the broken one.
    private static void RefuseDamage(string name, ReadOnlyMemory<byte> segment, int offset)
    {
        for (var next = offset + 1; next <= segment.Length - JournalFrame.HeaderLength; next++)
        {
            if (JournalFrame.TryRead(segment[next..], out _))
                throw new JournalCorruptedException(name, offset, $"the frame there is damaged, yet a whole one follows at {next}");
        }
    }
}

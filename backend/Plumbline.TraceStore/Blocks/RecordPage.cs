using Plumbline.TraceStore.Batches;

namespace Plumbline.TraceStore.Blocks;

/// <summary>The records of some spans that follow each other.</summary>
internal sealed class RecordPage
{
    private readonly byte[] _bytes;
    private readonly int[] _starts;
    private readonly int _from;

    private RecordPage(byte[] bytes, int[] starts, int from) => (_bytes, _starts, _from) = (bytes, starts, from);

    /// <summary>Reads a page, whose bytes it takes over; null when it is not of these rows.</summary>
    public static RecordPage? Read(byte[] raw, (int From, int To) rows, RecordColumns columns)
    {
        var count = rows.To - rows.From;
        if (raw.Length < 4 + (4 * count) || BitConverter.ToInt32(raw) != count) return null;
        var starts = new int[count + 1];
        starts[0] = 4 + (4 * count);
        for (var i = 0; i < count; i++)
        {
            var length = BitConverter.ToInt32(raw.AsSpan(4 + (4 * i)));
            if (length < RecordLayout.Fixed || length > raw.Length - starts[i]) return null;
            try
            {
                if (RecordLayout.Check(raw.AsSpan(starts[i], length), 0) != length) return null;
            }
            catch (SpanBatchFormatException)
            {
                return null;
            }
            starts[i + 1] = starts[i] + length;
            columns.Restore(raw.AsSpan(starts[i], length), rows.From + i);
        }
        return starts[count] == raw.Length ? new RecordPage(raw, starts, rows.From) : null;
    }

    public ReadOnlyMemory<byte> this[int span] => _bytes.AsMemory(_starts[span - _from], _starts[span - _from + 1] - _starts[span - _from]);
}

using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Blocks;

/// <summary>The columns that hold what stored records lack.</summary>
internal sealed record RecordColumns(int[] TraceOf, TraceId[] TraceIds, SpanId[] SpanIds, NumberColumn Start, NumberColumn Duration)
{
    public void Restore(Span<byte> stored, int span) => StoredRecord.Restore(stored, TraceIds[TraceOf[span]], SpanIds[span], Start[span], Duration[span]);
}

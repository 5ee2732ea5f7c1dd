namespace Plumbline.TraceStore.Wal;

/// <summary>The payload of frames that name traces: one id after the other.</summary>
internal static class TraceIdList
{
    public static byte[] Write(IReadOnlyCollection<TraceId> ids)
    {
        var payload = new byte[ids.Count * TraceId.Size];
        var at = 0;
        foreach (var id in ids)
        {
            id.Write(payload.AsSpan(at));
            at += TraceId.Size;
        }
        return payload;
    }

    public static TraceId[] Read(ReadOnlySpan<byte> payload)
    {
        var ids = new TraceId[payload.Length / TraceId.Size];
        for (var i = 0; i < ids.Length; i++) ids[i] = TraceId.Read(payload.Slice(i * TraceId.Size, TraceId.Size));
        return ids;
    }
}

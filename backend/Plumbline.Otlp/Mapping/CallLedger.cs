using System.Runtime.InteropServices;
using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Wire;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

/// <summary>The answers of models that the spans of one request have reported. Where two instrumentations wrap one call, both report its
/// usage under the same response id; the first one counts.</summary>
internal sealed class CallLedger
{
    private static readonly AttributeKey ResponseId = "gen_ai.response.id";
    private static readonly AttributeKey VercelResponseId = "ai.response.id";

    private readonly Dictionary<int, int> _newest = [];
    private readonly List<Entry> _entries = [];
    private readonly TextBuffer _ids = new();

    public void Reset()
    {
        _newest.Clear();
        _entries.Clear();
        _ids.Clear();
    }

    /// <summary>Marks the span as repeating its usage when another span of its trace has reported the same answer. A sender lists spans as
    /// they end, so that the inner one comes first.</summary>
    public void Enter(in SpanSource source, SpanDraft draft)
    {
        var writer = draft.Writer;
        if (draft.RepeatsUsage || !(writer.Has(SpanNumber.InputTokens) || writer.Has(SpanNumber.OutputTokens))) return;
        if (!source.TryFirst([ResponseId, VercelResponseId], out var id) || id.Kind != AnyKind.String) return;
        if (TryAdd(TraceId.Read(source.Span.TraceId), SpanId.Read(source.Span.SpanId), id.Bytes)) return;
        draft.RepeatsUsage = true;
        draft.Warn(ArrivalWarnings.RepeatedUsage);
    }

    private bool TryAdd(TraceId trace, SpanId span, ReadOnlySpan<byte> id)
    {
        var hash = new HashCode();
        hash.Add(trace);
        hash.AddBytes(id);
        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_newest, hash.ToHashCode(), out _);
        for (var i = first; i > 0; i = _entries[i - 1].Next)
        {
            var entry = _entries[i - 1];
            if (entry.Trace == trace && _ids.Written.Slice(entry.Start, entry.Length).SequenceEqual(id)) return entry.Span == span;
        }
        _entries.Add(new(trace, span, _ids.Length, id.Length, first));
        _ids.Write(id);
        first = _entries.Count;
        return true;
    }

    private readonly record struct Entry(TraceId Trace, SpanId Span, int Start, int Length, int Next);
}

using System.Text;
using Plumbline.Otlp.Wire;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

/// <summary>Turns log requests into fragments of spans: ids, a time, and the records that name the span: GenAI events among its events, all others
/// among its logs.</summary>
internal sealed class LogMapper(OtlpLimits limits, MappingSettings settings)
{
    private const string OfNoSpan =
        "it names no span by trace_id and span_id, and logs are kept with their span alone; write it while a span is active, or send it to a store for logs";

    private readonly LogWriter _writer = new(new AnyJson(limits) { Redactor = settings.Redactor });
    private readonly Dictionary<(TraceId, SpanId), Fragment> _bySpan = [];

    public MappedBatch Map(ReadOnlySpan<byte> wire)
    {
        var sink = new Sink(this, new Rejections(limits.MaxReasons));
        ExportRequest.ReadLogs(wire, ref sink);
        return new(SpanBatch.Of([.. _bySpan.Select(p => p.Value.Of(p.Key.Item1, p.Key.Item2))]), sink.Accepted, sink.Rejected.Count, sink.Rejected.Reasons);
    }

    private static ReadOnlySpan<byte> NameOf(in WireLogRecord record)
    {
        if (!record.EventName.IsEmpty) return record.EventName;
        foreach (var pair in record.Attributes)
        {
            if (pair.Key.SequenceEqual("event.name"u8) && pair.Value.Kind == AnyKind.String) return pair.Value.Bytes;
        }
        return default;
    }

    private string? Refusal(in WireLogRecord record)
    {
        if (!record.Problem.IsEmpty) return Encoding.UTF8.GetString(record.Problem).TrimEnd('.');
        if (record.TraceId.Length != TraceId.Size || record.SpanId.Length != SpanId.Size) return OfNoSpan;
        var (trace, span) = (TraceId.Read(record.TraceId), SpanId.Read(record.SpanId));
        return trace.IsEmpty || span.IsEmpty ? OfNoSpan : Keep(trace, span, record);
    }

    /// <summary>Takes the record into its span; or says why not.</summary>
    private string? Keep(TraceId trace, SpanId span, in WireLogRecord record)
    {
        var name = NameOf(record);
        if (!_bySpan.TryGetValue((trace, span), out var fragment)) fragment = new();
        if (name.StartsWith("gen_ai."u8)) fragment.Events.Add((record.TimeUnixNano, _writer.Event(record, name)));
        else if (fragment.Refusal(_writer.Log(record, name)) is { } reason) return reason;
        fragment.Touch(record.TimeUnixNano);
        _bySpan[(trace, span)] = fragment;
        return null;
    }

    private struct Sink(LogMapper owner, Rejections rejected) : ILogSink
    {
        private int _index;

        public readonly Rejections Rejected => rejected;

        public int Accepted { get; private set; }

        public void Record(in WireLogRecord record, in WireOrigin origin)
        {
            _index++;
            var refusal = _index > owner.MaxRecords ? $"a request may hold at most {owner.MaxRecords} records" : owner.Refusal(record);
            if (refusal is null) Accepted++;
            else rejected.Add("log record", _index, refusal);
        }
    }

    private int MaxRecords => limits.MaxSpans;

    /// <summary>The records of one span.</summary>
    private sealed class Fragment
    {
        private readonly SpanLogs _logs = new([]);
        private ulong _start = ulong.MaxValue;

        public List<(ulong Time, string Json)> Events { get; } = [];

        public string? Refusal(string log) => _logs.Add(log) ? null : $"of one span {SpanLogs.Bounds} are kept";

        // A record without a time says nothing of when the span was.
        public void Touch(ulong time)
        {
            if (time > 0) _start = Math.Min(_start, time);
        }

        public SpanRecord Of(TraceId trace, SpanId span) => new()
        {
            TraceId = trace,
            SpanId = span,
            StartUnixNano = _start == ulong.MaxValue ? 0 : (long)Math.Min(_start, long.MaxValue),
            Dialect = Events.Count == 0 ? null : "gen_ai.events",
            MappingVersion = SpanMapper.MappingVersion,
            EventsJson = Events.Count == 0 ? null : "[" + string.Join(',', Events.OrderBy(e => e.Time).Select(e => e.Json)) + "]",
            Logs = _logs.Kept,
        };
    }
}

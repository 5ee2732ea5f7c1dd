using System.Text;
using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Wire;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

/// <summary>Turns log requests into fragments of spans: ids, a time, and the GenAI events that the records are.</summary>
internal sealed class LogMapper(OtlpLimits limits, MappingSettings settings)
{
    private readonly AnyJson _any = new(limits) { Redactor = settings.Redactor };
    private readonly JsonOutput _json = new();
    private readonly Dictionary<(TraceId, SpanId), List<(ulong Time, string Json)>> bySpan = [];

    public MappedBatch Map(ReadOnlySpan<byte> wire)
    {
        var sink = new Sink(this, new Rejections(limits.MaxReasons));
        ExportRequest.ReadLogs(wire, ref sink);
        var records = bySpan.Select(p => new SpanRecord
        {
            TraceId = p.Key.Item1,
            SpanId = p.Key.Item2,
            StartUnixNano = (long)Math.Min(p.Value.Min(e => e.Time), long.MaxValue),
            Dialect = "gen_ai.events",
            MappingVersion = SpanMapper.MappingVersion,
            EventsJson = "[" + string.Join(',', p.Value.OrderBy(e => e.Time).Select(e => e.Json)) + "]",
        });
        return new(SpanBatch.Of([.. records]), sink.Accepted, sink.Rejected.Count, sink.Rejected.Reasons);
    }

    private string Write(in WireLogRecord record, ReadOnlySpan<byte> name)
    {
        _json.Clear();
        _json.BeginObject();
        _json.Name(LogEvent.LogMark);
        _json.Bool(true);
        _json.Name("name"u8);
        _any.Text(_json, name);
        _json.Name("time"u8);
        _json.Number(record.TimeUnixNano);
        _json.Name("attributes"u8);
        _json.BeginObject();
        _any.Members(_json, record.Attributes);
        if (record.Body.Kind != AnyKind.None)
        {
            _json.Name("body"u8);
            _any.Write(_json, record.Body, 1);
        }
        _json.EndObject();
        _json.EndObject();
        return Encoding.UTF8.GetString(_json.Written);
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

    private struct Sink(LogMapper owner, Rejections rejected) : ILogSink
    {
        private int _index;

        public readonly Rejections Rejected => rejected;

        public int Accepted { get; private set; }

        public void Record(in WireLogRecord record, in WireOrigin origin)
        {
            _index++;
            if (_index > owner.Limits.MaxSpans) rejected.Add("log record", _index, $"a request may hold at most {owner.Limits.MaxSpans} records");
            else if (!record.Problem.IsEmpty) rejected.Add("log record", _index, Encoding.UTF8.GetString(record.Problem).TrimEnd('.'));
            else
            {
                Accepted++;
                Keep(record);
            }
        }

        // Records that are no GenAI events, or belong to no span, are somebody else's logs.
        private readonly void Keep(in WireLogRecord record)
        {
            var name = NameOf(record);
            if (!name.StartsWith("gen_ai."u8) || record.TraceId.Length != TraceId.Size || record.SpanId.Length != SpanId.Size) return;
            var key = (TraceId.Read(record.TraceId), SpanId.Read(record.SpanId));
            if (!owner.bySpan.TryGetValue(key, out var list)) owner.bySpan[key] = list = [];
            list.Add((record.TimeUnixNano, owner.Write(record, name)));
        }
    }

    private OtlpLimits Limits => limits;
}

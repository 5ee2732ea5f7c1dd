using System.Text;
using Plumbline.Otlp.Mapping;
using Plumbline.Otlp.Wire;
using Plumbline.TraceStore;

namespace Plumbline.Otlp;

/// <summary>Turns trace requests into spans of the store. Reuse it: its buffers grow to the size of the work. One request at a time.</summary>
public sealed class SpanMapper
{
    /// <summary>Rises whenever the same attributes would be mapped to other fields; stored with every span, see <see cref="SpanRemapper"/>.</summary>
    public const int MappingVersion = 2;

    private readonly OtlpLimits _limits;
    private readonly SpanBatchWriter _writer;
    private readonly AttributeTable _table = new();
    private readonly OriginCache _origins = new();
    private readonly CallLedger _calls = new();
    private readonly SpanDraft _draft;
    private readonly SpanParts _parts;

    public SpanMapper(OtlpLimits limits)
    {
        _limits = limits;
        _writer = new();
        _draft = new(_writer, new(limits));
        _parts = new(limits, _table, _draft);
    }

    /// <summary>Maps a request.</summary>
    /// <exception cref="OtlpFormatException">The body is no OTLP request; nothing of it is taken.</exception>
    public MappedBatch MapTraces(ReadOnlySpan<byte> body, OtlpEncoding encoding, MappingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        using var opened = OtlpBody.Open(body, encoding, OtlpSignal.Traces, _limits);
        _origins.Reset();
        _calls.Reset();
        _draft.Any.Redactor = settings.Redactor;
        var sink = new Sink(opened.Wire, this, settings);
        try
        {
            ExportRequest.ReadTraces(opened.Wire, ref sink);
        }
        catch
        {
            _writer.Discard();
            _writer.ToBatch();
            throw;
        }
        return new(_writer.ToBatch(), sink.Accepted, sink.Rejected.Count, sink.Rejected.Reasons);
    }

    /// <summary>Maps a log request. Every span of the result is a fragment that holds ids, a time, events and logs, to be joined to its span by
    /// <see cref="LogFragments"/>.</summary>
    /// <exception cref="OtlpFormatException">The body is no OTLP request; nothing of it is taken.</exception>
    public MappedBatch MapLogs(ReadOnlySpan<byte> body, OtlpEncoding encoding, MappingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        using var opened = OtlpBody.Open(body, encoding, OtlpSignal.Logs, _limits);
        return new LogMapper(_limits, settings).Map(opened.Wire);
    }

    private ref struct Sink : ISpanSink
    {
        private readonly ReadOnlySpan<byte> _body;
        private readonly SpanMapper _owner;
        private readonly MappingSettings _settings;
        private int _index;

        public Sink(ReadOnlySpan<byte> body, SpanMapper owner, MappingSettings settings)
        {
            _body = body;
            _owner = owner;
            _settings = settings;
            Rejected = new(owner._limits.MaxReasons);
        }

        public Rejections Rejected { get; }

        public int Accepted { get; private set; }

        public void Span(in WireSpan span, in WireOrigin origin)
        {
            if (Refusal(span, ++_index, _owner._limits) is { } reason)
            {
                Rejected.Add("span", _index, reason);
                return;
            }
            Accepted++;
            var (draft, parts) = (_owner._draft, _owner._parts);
            Begin(span, origin);
            parts.Collect(_body, span);
            var source = new SpanSource(_body, _owner._table, origin.ScopeName, span)
            {
                SdkName = _owner._origins.SdkName,
                MaxEvents = _owner._limits.MaxEvents,
            };
            parts.WriteEvents(_body, source);
            DialectList.Apply(source, draft);
            parts.WriteRest(source);
            _owner._calls.Enter(source, draft);
            Finishing.Apply(draft, _settings, _owner._origins);
            if (draft.IsPlaceholder) _owner._writer.Discard();
            else _owner._writer.End();
        }

        private readonly void Begin(in WireSpan span, in WireOrigin origin)
        {
            var (writer, draft, parts) = (_owner._writer, _owner._draft, _owner._parts);
            draft.Reset();
            _owner._origins.Use(origin, draft.Any);
            writer.Begin(
                TraceId.Read(span.TraceId), SpanId.Read(span.SpanId), span.ParentSpanId.IsEmpty ? default : SpanId.Read(span.ParentSpanId), StoredKind.Span,
                span.StatusCode is 1 or 2 ? (StoredStatus)span.StatusCode : StoredStatus.Unset, Nanos(span.StartUnixNano), Nanos(span.EndUnixNano));
            if (span.StartUnixNano == 0 && _settings.ReceivedUnixNano > 0)
            {
                writer.StartUnixNano = _settings.ReceivedUnixNano;
                draft.Warn(ArrivalWarnings.NoStart);
            }
            parts.Text(SpanText.Name, span.Name);
            if (span.Name.IsEmpty) writer.Set(SpanText.Name, default(ReadOnlySpan<byte>));
            parts.Text(SpanText.StatusMessage, span.StatusMessage);
            parts.Text(SpanText.ScopeName, origin.ScopeName);
            if (_owner._origins.ServiceName.Length > 0) writer.Set(SpanText.ServiceName, _owner._origins.ServiceName);
            writer.Set(SpanText.Resource, _owner._origins.Json);
            writer.Set(SpanNumber.MappingVersion, MappingVersion);
        }

        private static string? Refusal(in WireSpan span, int index, OtlpLimits limits)
        {
            if (index > limits.MaxSpans) return $"a request may hold at most {limits.MaxSpans} spans";
            if (!span.Problem.IsEmpty) return Encoding.UTF8.GetString(span.Problem).TrimEnd('.');
            if (span.TraceId.Length != TraceId.Size || !span.TraceId.ContainsAnyExcept((byte)0)) return "the trace id is not 16 bytes that are not all zero";
            if (span.SpanId.Length != SpanId.Size || !span.SpanId.ContainsAnyExcept((byte)0)) return "the span id is not 8 bytes that are not all zero";
            return span.ParentSpanId.Length is 0 or SpanId.Size ? null : "the parent span id is not 8 bytes";
        }

        private static long Nanos(ulong value) => (long)Math.Min(value, long.MaxValue);
    }
}

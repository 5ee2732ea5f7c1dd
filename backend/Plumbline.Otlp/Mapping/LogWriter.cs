using System.Text;
using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Wire;

namespace Plumbline.Otlp.Mapping;

/// <summary>Writes log records as they are stored with a span: without what must not be stored, like every text that arrives.</summary>
internal sealed class LogWriter(AnyJson any)
{
    private readonly JsonOutput _json = new();

    /// <summary>An event that came as a log record, with its body among the attributes.</summary>
    public string Event(in WireLogRecord record, ReadOnlySpan<byte> name)
    {
        _json.Clear();
        _json.BeginObject();
        _json.Name(LogEvent.LogMark);
        _json.Bool(true);
        _json.Name("name"u8);
        any.Text(_json, name);
        _json.Name("time"u8);
        _json.Number(record.TimeUnixNano);
        _json.Name("attributes"u8);
        _json.BeginObject();
        any.Members(_json, record.Attributes);
        Body(record);
        _json.EndObject();
        _json.EndObject();
        return Encoding.UTF8.GetString(_json.Written);
    }

    /// <summary>A record of any other kind: time, severity and name where they are known, body and attributes.</summary>
    public string Log(in WireLogRecord record, ReadOnlySpan<byte> name)
    {
        _json.Clear();
        _json.BeginObject();
        _json.Name("time"u8);
        _json.Number(record.TimeUnixNano);
        var severity = record.SeverityText.IsEmpty ? NameOf(record.SeverityNumber) : record.SeverityText;
        if (!severity.IsEmpty)
        {
            _json.Name("severity"u8);
            any.Text(_json, severity);
        }
        if (!name.IsEmpty)
        {
            _json.Name("name"u8);
            any.Text(_json, name);
        }
        Body(record);
        _json.Name("attributes"u8);
        any.Map(_json, record.Attributes);
        _json.EndObject();
        return Encoding.UTF8.GetString(_json.Written);
    }

    private void Body(in WireLogRecord record)
    {
        if (record.Body.Kind == AnyKind.None) return;
        _json.Name("body"u8);
        any.Write(_json, record.Body, 1);
    }

    // https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber
    private static ReadOnlySpan<byte> NameOf(ulong severity) => severity switch
    {
        >= 1 and <= 4 => "TRACE"u8,
        <= 8 and > 0 => "DEBUG"u8,
        <= 12 and > 0 => "INFO"u8,
        <= 16 and > 0 => "WARN"u8,
        <= 20 and > 0 => "ERROR"u8,
        <= 24 and > 0 => "FATAL"u8,
        _ => default,
    };
}

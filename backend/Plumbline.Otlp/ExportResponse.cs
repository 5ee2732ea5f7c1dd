using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Otlp.Wire;
using Plumbline.Otlp.Wire.Json;

namespace Plumbline.Otlp;

/// <summary>The answers of OTLP: a request taken whole or in part, and the status of one refused.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otlp/#otlphttp-response</remarks>
public static class ExportResponse
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The export response; empty when all was taken.</summary>
    /// <param name="signal">Decides the name of the count.</param>
    /// <param name="encoding">As the request had it.</param>
    /// <param name="rejected">Spans or records refused.</param>
    /// <param name="message">Why.</param>
    public static byte[] Accepted(OtlpSignal signal, OtlpEncoding encoding, int rejected, string message) => encoding == OtlpEncoding.Json
        ? Json(json =>
        {
            if (rejected == 0) return;
            json.WriteStartObject("partialSuccess"u8);
            json.WriteString(signal == OtlpSignal.Traces ? "rejectedSpans"u8 : "rejectedLogRecords"u8, FormattableString.Invariant($"{rejected}"));
            json.WriteString("errorMessage"u8, message);
            json.WriteEndObject();
        })
        : rejected == 0 ? [] : Wire(wire =>
        {
            var partial = wire.Begin(Fields.Response.PartialSuccess);
            wire.Number(Fields.PartialSuccess.Rejected, (ulong)rejected);
            wire.Bytes(Fields.PartialSuccess.ErrorMessage, Encoding.UTF8.GetBytes(message));
            wire.End(partial);
        });

    /// <summary>A <c>google.rpc.Status</c>, the body of a refusal.</summary>
    /// <param name="encoding">As the request had it.</param>
    /// <param name="code">A gRPC status code.</param>
    /// <param name="message">What to do about it.</param>
    public static byte[] Refused(OtlpEncoding encoding, int code, string message) => encoding == OtlpEncoding.Json
        ? Json(json =>
        {
            json.WriteNumber("code"u8, code);
            json.WriteString("message"u8, message);
        })
        : Wire(wire =>
        {
            wire.Number(Fields.RpcStatus.Code, (ulong)code);
            wire.Bytes(Fields.RpcStatus.Message, Encoding.UTF8.GetBytes(message));
        });

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Wire(Action<WireWriter> write)
    {
        using var wire = new WireWriter();
        write(wire);
        return wire.Written.ToArray();
    }
}

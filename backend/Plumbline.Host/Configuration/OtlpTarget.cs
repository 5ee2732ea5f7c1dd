using OpenTelemetry.Exporter;

namespace Plumbline.Host.Configuration;

/// <summary>Where one signal is sent by OTLP. Not a record: its text would show the headers, which hold credentials.</summary>
/// <param name="variable">The variable that named the address.</param>
/// <param name="endpoint">The address, with the signal's path where the protocol has one.</param>
/// <param name="protocol">How it is sent.</param>
internal sealed class OtlpTarget(string variable, Uri endpoint, OtlpExportProtocol protocol)
{
    public string Variable => variable;

    public Uri Endpoint => endpoint;

    public OtlpExportProtocol Protocol => protocol;

    /// <summary>Headers of this signal alone; null for those of all signals.</summary>
    public string? Headers { get; init; }

    /// <summary>Milliseconds a request may take, for this signal alone; null for what holds for all signals.</summary>
    public int? TimeoutMilliseconds { get; init; }

    /// <summary>How requests of this signal alone are compressed; null for what holds for all signals.</summary>
    public OtlpExportCompression? Compression { get; init; }

    /// <summary>Sets up an exporter, on top of what the SDK has read from the variables that hold for all signals.</summary>
    public void Apply(OtlpExporterOptions exporter)
    {
        (exporter.Endpoint, exporter.Protocol) = (Endpoint, Protocol);
        exporter.Headers = Headers ?? exporter.Headers;
        exporter.TimeoutMilliseconds = TimeoutMilliseconds ?? exporter.TimeoutMilliseconds;
        exporter.Compression = Compression ?? exporter.Compression;
    }
}

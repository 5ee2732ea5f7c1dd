using System.Collections;
using System.Globalization;
using OpenTelemetry.Exporter;

namespace Plumbline.Host.Configuration;

/// <summary>The standard variables of OTLP exporters, where those of one signal win over those of all. The SDK reads only the latter, and would send to an
/// address of its own choosing when there is none. Values may hold credentials and are not repeated in sentences.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otel/protocol/exporter/</remarks>
internal sealed class OtlpVariables(IDictionary environment, List<string> problems)
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";
    private const int GrpcPort = 4317;

    /// <summary>Where a signal goes; null when no variable names an address, when the signal is switched off, or when what is said cannot be.</summary>
    /// <param name="signal">The signal's word in variables.</param>
    /// <param name="path">Its path below the address of all signals.</param>
    public OtlpTarget? Read(string signal, string path)
    {
        if (Text($"OTEL_{signal}_EXPORTER") is { } exporters && !Names(exporters, "otlp")) return null;
        var (variable, isOwn) = Text($"{Prefix}{signal}_ENDPOINT") is not null ? ($"{Prefix}{signal}_ENDPOINT", true) : ($"{Prefix}ENDPOINT", false);
        if (Text(variable) is not { } address || Endpoint(variable, address) is not { } endpoint || Protocol(signal, endpoint) is not { } protocol) return null;
        return new OtlpTarget(variable, isOwn || protocol == OtlpExportProtocol.Grpc ? endpoint : Below(endpoint, path), protocol)
        {
            Headers = Text($"{Prefix}{signal}_HEADERS"),
            TimeoutMilliseconds = Timeout($"{Prefix}{signal}_TIMEOUT"),
            Compression = Compression($"{Prefix}{signal}_COMPRESSION"),
        };
    }

    private string? Text(string variable) => environment[variable] is string text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static bool Names(string list, string exporter) =>
        list.Split(',', StringSplitOptions.TrimEntries).Contains(exporter, StringComparer.OrdinalIgnoreCase);

    private Uri? Endpoint(string variable, string address)
    {
        if (Uri.TryCreate(address, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https") return endpoint;
        problems.Add($"{variable} is not a valid address; allowed are those such as http://127.0.0.1:4318.");
        return null;
    }

    // The specification's default is HTTP; but whoever names the port of gRPC means gRPC, and would otherwise send to nobody.
    private OtlpExportProtocol? Protocol(string signal, Uri endpoint)
    {
        var variable = Text($"{Prefix}{signal}_PROTOCOL") is not null ? $"{Prefix}{signal}_PROTOCOL" : $"{Prefix}PROTOCOL";
        switch (Text(variable)?.ToLowerInvariant())
        {
            case null: return endpoint.Port == GrpcPort ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
            case "grpc": return OtlpExportProtocol.Grpc;
            case "http/protobuf": return OtlpExportProtocol.HttpProtobuf;
            default:
                problems.Add($"{variable} is '{Text(variable)}'; allowed are grpc, http/protobuf.");
                return null;
        }
    }

    private int? Timeout(string variable)
    {
        if (Text(variable) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds > 0) return milliseconds;
        problems.Add($"{variable} is '{text}'; allowed are 1 to {int.MaxValue}, milliseconds.");
        return null;
    }

    private OtlpExportCompression? Compression(string variable)
    {
        switch (Text(variable)?.ToLowerInvariant())
        {
            case null: return null;
            case "none": return OtlpExportCompression.None;
            case "gzip": return OtlpExportCompression.GZip;
            default:
                problems.Add($"{variable} is '{Text(variable)}'; allowed are none, gzip.");
                return null;
        }
    }

    private static Uri Below(Uri endpoint, string path) => new UriBuilder(endpoint) { Path = $"{endpoint.AbsolutePath.TrimEnd('/')}/{path}" }.Uri;
}

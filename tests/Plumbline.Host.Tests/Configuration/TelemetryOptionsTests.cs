using System.Collections;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OpenTelemetry.Exporter;
using Plumbline.Host.Configuration;

namespace Plumbline.Host.Tests.Configuration;

public sealed class TelemetryOptionsTests
{
    private const string Elsewhere = "http://collector.example:4318";

    [Theory]
    [InlineData("loopback", null, MetricsAudience.Loopback)]
    [InlineData("any", null, MetricsAudience.Off)]
    [InlineData("any", "loopback", MetricsAudience.Loopback)]
    [InlineData("any", "any", MetricsAudience.Any)]
    [InlineData("loopback", "off", MetricsAudience.Off)]
    public void Metrics_UnlessSaid_AreOffWhereOthersConnect(string listen, string? metrics, object audience)
    {
        var environment = new Hashtable { ["PLUMBLINE_LISTEN"] = listen, ["PLUMBLINE_INSECURE_HTTP"] = "allow" };
        if (metrics is not null) environment["PLUMBLINE_METRICS"] = metrics;
        Assert.Equal(audience, Read(environment).Metrics);
    }

    [Fact]
    public void Export_IsOff_UnlessAnAddressIsNamed()
    {
        var telemetry = Read(new Hashtable { ["OTEL_EXPORTER_OTLP_HEADERS"] = "a=b", ["OTEL_TRACES_EXPORTER"] = "otlp" }).Telemetry;
        Assert.Equal((null, null, ProjectMetrics.Off, 200), (telemetry.Traces, telemetry.Metrics, telemetry.Projects, telemetry.MaxProjectSeries));
    }

    [Theory]
    [InlineData("http://collector.example:4318", "http://collector.example:4318/v1/traces", OtlpExportProtocol.HttpProtobuf)]
    [InlineData("https://collector.example/otlp/", "https://collector.example/otlp/v1/traces", OtlpExportProtocol.HttpProtobuf)]
    [InlineData("http://collector.example:4317", "http://collector.example:4317/", OtlpExportProtocol.Grpc)]
    public void Export_AddressOfAllSignals_LeadsToEach(string address, string traces, OtlpExportProtocol protocol)
    {
        var telemetry = Read(new Hashtable { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = address }).Telemetry;
        Assert.Equal((new Uri(traces), protocol), (telemetry.Traces!.Endpoint, telemetry.Traces.Protocol));
        Assert.Equal(traces.Replace("traces", "metrics", StringComparison.Ordinal), telemetry.Metrics!.Endpoint.ToString());
    }

    [Fact]
    public void Export_VariablesOfOneSignal_WinOverThoseOfAll()
    {
        var telemetry = Read(new Hashtable
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Elsewhere,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = "https://traces.example/here",
            ["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] = "grpc",
            ["OTEL_EXPORTER_OTLP_TRACES_HEADERS"] = "own=1",
            ["OTEL_EXPORTER_OTLP_TRACES_TIMEOUT"] = "1500",
            ["OTEL_EXPORTER_OTLP_TRACES_COMPRESSION"] = "gzip",
        }).Telemetry;
        var exporter = new OtlpExporterOptions { Headers = "all=1" };
        telemetry.Traces!.Apply(exporter);
        Assert.Equal((new Uri("https://traces.example/here"), OtlpExportProtocol.Grpc), (exporter.Endpoint, exporter.Protocol));
        Assert.Equal(("own=1", 1500, OtlpExportCompression.GZip), (exporter.Headers, exporter.TimeoutMilliseconds, exporter.Compression));
        var other = new OtlpExporterOptions { Headers = "all=1" };
        telemetry.Metrics!.Apply(other);
        Assert.Equal((new Uri(Elsewhere + "/v1/metrics"), OtlpExportProtocol.HttpProtobuf, "all=1"), (other.Endpoint, other.Protocol, other.Headers));
    }

    [Theory]
    [InlineData("OTEL_TRACES_EXPORTER", "none", false, true)]
    [InlineData("OTEL_METRICS_EXPORTER", "none", true, false)]
    [InlineData("OTEL_METRICS_EXPORTER", "console, OTLP", true, true)]
    [InlineData("OTEL_SDK_DISABLED", "True", false, false)]
    public void Export_SwitchedOff_IsOff(string variable, string value, bool traces, bool metrics)
    {
        var options = Read(new Hashtable { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Elsewhere, [variable] = value });
        Assert.Equal((traces, metrics), (options.Telemetry.Traces is not null, options.Telemetry.Metrics is not null));
        Assert.Equal(variable == "OTEL_SDK_DISABLED" ? MetricsAudience.Off : MetricsAudience.Loopback, options.Metrics);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "secret", "OTEL_EXPORTER_OTLP_ENDPOINT is not a valid address")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "ftp://secret@x", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is not a valid address")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/json", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL is 'http/json'; allowed are grpc, http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "soon", "allowed are 1 to")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_COMPRESSION", "zip", "allowed are none, gzip")]
    [InlineData("PLUMBLINE_PROJECT_METRICS_SERIES", "10001", "allowed are 1 to 10000")]
    [InlineData("PLUMBLINE_PROJECT_METRICS", "some", "allowed are off, on")]
    public void Export_ThatCannotBe_IsNamedOnce_WithoutWhatMayBeSecret(string variable, string value, string said)
    {
        var environment = new Hashtable { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Elsewhere, [variable] = value };
        var problem = Assert.Single(ServerOptions.Read([], environment).Problems.Distinct());
        Assert.Contains(said, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("http://127.0.0.1:5080/otlp")]
    [InlineData("http://[::1]:4317")]
    [InlineData("https://127.9.9.9:4317")]
    [InlineData("http://0.0.0.0:5080")]
    public void Export_ToThisSameServer_IsRefused_UnlessAllowed(string address)
    {
        var environment = new Hashtable { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = address };
        var problem = Assert.Single(ServerOptions.Read([], environment).Problems);
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT leads to port ", problem, StringComparison.Ordinal);
        Assert.Contains("allow it with --export-to-self allow", problem, StringComparison.Ordinal);
        Assert.Empty(ServerOptions.Read(["--export-to-self", "allow"], environment).Problems);
        environment["PLUMBLINE_EXPORT_TO_SELF"] = "allow";
        Assert.Empty(ServerOptions.Read([], environment).Problems);
    }

    [Fact]
    public void Export_ToAnAddressOfThisMachine_IsRefused()
    {
        var own = Dns.GetHostAddresses(Dns.GetHostName()).First(a => a.AddressFamily == AddressFamily.InterNetwork);
        Assert.Single(ServerOptions.Read([], new Hashtable { ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = $"http://{own}:5080/v1/traces" }).Problems);
        Assert.Single(ServerOptions.Read([], new Hashtable { ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = $"http://{Dns.GetHostName()}:5080" }).Problems);
    }

    [Fact]
    public void Export_ToACollectorThatHasTheUsualPort_IsNotToItself()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        var port = ((IPEndPoint)collector.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var environment = new Hashtable { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{port}" };
        Assert.Empty(ServerOptions.Read(["--otlp-http-port", port], environment).Problems);
        collector.Stop();
        Assert.Single(ServerOptions.Read(["--otlp-http-port", port], environment).Problems);
    }

    private static ServerOptions Read(Hashtable environment)
    {
        var read = ServerOptions.Read([], environment);
        Assert.Empty(read.Problems);
        return read.Options;
    }
}

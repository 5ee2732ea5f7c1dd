using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plumbline.Host.Tests.Traces.Transport;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Traces;

/// <summary>OTLP over gRPC and as JSON, and what comes out of GraphQL.</summary>
public sealed class TransportTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Grpc_Export_IsStored(bool packed)
    {
        var id = RandomNumberGenerator.GetHexString(32, true);
        var (status, _) = await ExportAsync(OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), id), RunningServer.ApiKey, packed);
        Assert.Equal("0", status);
        Assert.Equal("chat gpt-4o-mini", (await TraceAsync(id)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Grpc_WrongKey_IsUnauthenticated() =>
        Assert.Equal(
            "16",
            (await ExportAsync(OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), RandomNumberGenerator.GetHexString(32, true)), "pl_wrong", false)).Status);

    [Fact]
    public async Task Grpc_NotProtobuf_IsInvalidArgument() => Assert.Equal("3", (await ExportAsync([0xff, 0xff, 0xff], RunningServer.ApiKey, false)).Status);

    [Fact]
    public async Task Json_WithABadSpan_TakesTheGoodOne_AndSaysWhy()
    {
        var id = RandomNumberGenerator.GetHexString(32, true);
        var body = $$$"""
            {"resourceSpans":[{"scopeSpans":[{"spans":[
              {"traceId":"{{{id}}}","spanId":"00f067aa0ba902b7","name":"chat","startTimeUnixNano":"1760000000000000000","endTimeUnixNano":"1760000001000000000",
               "attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},{"key":"gen_ai.input.messages","value":{"stringValue":"[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"hi\"}]}]"}}]},
              {"traceId":"xyz","spanId":"00f067aa0ba902b8","name":"bad"}]}]}]}
            """;
        using var answer = await server.Script.PostAsync("/v1/traces", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var partial = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("partialSuccess");
        Assert.Equal("1", partial.GetProperty("rejectedSpans").GetString());
        Assert.Contains("traceId", partial.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        var span = (await TraceAsync(id)).GetProperty("spans")[0];
        Assert.Equal("hi", span.Text("inputMessages[0].parts[0].text"));
    }

    [Fact]
    public async Task Logs_JoinTheirSpan_BeforeAndAfterIt()
    {
        var id = RandomNumberGenerator.GetHexString(32, true);
        var span = id[..16];
        await LogAsync(id, span, "gen_ai.user.message", """{"key":"content","value":{"stringValue":"What is 2+2?"}}""", 1);
        Assert.True((await server.Script.PostAsync("/v1/traces", Protobuf(OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), id)))).IsSuccessStatusCode);
        await LogAsync(
            id, span, "gen_ai.choice",
            """{"key":"message","value":{"kvlistValue":{"values":[{"key":"content","value":{"stringValue":"4"}}]}}}""", 2);
        var stored = (await TraceAsync(id)).GetProperty("spans")[0];
        Assert.Equal("chat gpt-4o-mini", stored.GetProperty("name").GetString());
        Assert.Equal("What is 2+2?", stored.GetProperty("input").GetString());
        Assert.Equal("4", stored.GetProperty("output").GetString());
    }

    private async Task LogAsync(string trace, string span, string name, string bodyPair, int time)
    {
        var body =
            $$$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"176000000000000000{{{time}}}","traceId":"{{{trace}}}","spanId":"{{{span}}}","eventName":"{{{name}}}","body":{"kvlistValue":{"values":[ {{{bodyPair}}} ] } } } ] } ] } ] }""";
        using var answer = await server.Script.PostAsync("/v1/logs", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal("{}", await answer.Content.ReadAsStringAsync());
    }

    private async Task<JsonElement> TraceAsync(string traceId)
    {
        var data = await server.Script.QueryAsync(
            "query($id: ID!) { project(id: $id) { traces(first: 100) { nodes { traceId name spans { name input output inputMessages { role parts { "
                + "... on TextPart { text } } } } } } } }", new { id = server.ProjectId });
        return data.At("project.traces.nodes").EnumerateArray().Single(t =>
            t.GetProperty("traceId").GetString() == traceId);
    }

    private async Task<(string? Status, string? Message)> ExportAsync(byte[] message, string key, bool packed)
    {
        var answer = await GrpcExport.SendAsync(server.Process.OtlpGrpcPort, packed ? Packing.Gzip(message) : message, key, packed);
        return (answer.Status, answer.Message);
    }

    private static ByteArrayContent Protobuf(byte[] bytes) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf") } };
}

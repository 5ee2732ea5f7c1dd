using System.Text;
using Microsoft.AspNetCore.Http;
using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Http;
using Plumbline.Features.Traces.Transport;
using Plumbline.Otlp;

namespace Plumbline.Features.Tests.Traces;

/// <summary>A sender that is refused learns whether and when to come back, and nothing of what was refused is kept.</summary>
public sealed class OverloadTests
{
    [Fact]
    public async Task MoreRequestsThanMayRun_AreOverload()
    {
        await using var host = await TracesHost.StartAsync(o => o.MaxConcurrentRequests = 0);
        var outcome = await host.SendAsync(1, 2);
        Assert.Equal((IngestStatus.Overloaded, 0), (outcome.Status, outcome.Accepted));
        Assert.EndsWith("in a moment.", outcome.Message);
        Assert.Empty((await host.Reader.TracesAsync(host.Tenant.Key, new() { Scope = new(), First = 10 }, default)).Items);
    }

    [Theory]
    [InlineData(IngestStatus.Overloaded, StatusCodes.Status429TooManyRequests, "2")]
    [InlineData(IngestStatus.Unavailable, StatusCodes.Status503ServiceUnavailable, "2")]
    [InlineData(IngestStatus.Malformed, StatusCodes.Status400BadRequest, "")]
    public async Task HttpAnswer_SaysWhenToComeBack(IngestStatus status, int expected, string retryAfter)
    {
        var http = new DefaultHttpContext();
        using var body = new MemoryStream();
        http.Response.Body = body;
        await Answers.WriteAsync(http, IngestSignal.Traces, OtlpEncoding.Json, new(status, 0, 0, ["Come back later."]), TimeSpan.FromSeconds(1.5));
        Assert.Equal((expected, retryAfter), (http.Response.StatusCode, http.Response.Headers.RetryAfter.ToString()));
        Assert.Contains("Come back later.", Encoding.UTF8.GetString(body.ToArray()));
    }

    [Fact]
    public void RateLimited_OverPlainHttp_Is429() => Assert.Equal(StatusCodes.Status429TooManyRequests, FailureResponse.StatusOf(FailureCode.RateLimited));
}

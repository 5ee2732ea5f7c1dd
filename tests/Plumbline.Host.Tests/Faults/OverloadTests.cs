using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Features.Access.SignIn;
using Plumbline.Features.Traces;
using Plumbline.Host.Composition;
using Plumbline.Host.Configuration;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Faults;

/// <summary>The server itself, with room for no request: senders of both transports are told when to come back.</summary>
public sealed class OverloadTests
{
    [Fact]
    public async Task TooManyRequests_AreSentAway_WithATimeToComeBack()
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-").FullName;
        try
        {
            var first = new FirstRunSettings("Acme", "Main", RunningServer.ApiKey, null, null);
            var options = new ServerOptions { Port = 0, OtlpGrpcPort = 0, OtlpHttpPort = 0, Data = folder };
            var builder = WebApplication.CreateSlimBuilder();
            builder.AddServer(options);
            builder.AddEngines(options);
            builder.AddProduct(options);
            builder.Services.Configure<TracesOptions>(traces => (traces.MaxConcurrentRequests, traces.RetryAfter) = (0, TimeSpan.FromSeconds(7)));
            await using var app = builder.Build();
            app.UseServer();
            app.MapProduct();
            await app.StartAsync();
            await app.Services.GetRequiredService<IFirstRun>().InitializeAsync(first, default);
            await AssertRefusedAsync([.. app.Urls.Select(url => new Uri(url))]);
            await app.StopAsync();
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static async Task AssertRefusedAsync(Uri[] urls)
    {
        var body = OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), TraceSender.NewTraceId());
        using var client = new HttpClient { BaseAddress = urls[0] };
        client.DefaultRequestHeaders.Add("x-api-key", RunningServer.ApiKey);
        using var http = await client.PostAsync(new Uri("/v1/traces", UriKind.Relative), TraceSender.Body(body));
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)), (http.StatusCode, http.Headers.RetryAfter?.Delta));
        var grpc = await GrpcExport.SendAsync(urls[^1].Port, body, RunningServer.ApiKey);
        Assert.Equal("8", grpc.Status);
        // A Duration of 7 seconds and no nanoseconds in a RetryInfo ends the details.
        Assert.Equal(
            [0x0A, 0x04, 0x08, 0x07, 0x10, 0x00],
            Convert.FromBase64String(grpc.Details! + new string('=', (4 - (grpc.Details!.Length % 4)) % 4))[^6..]);
    }
}

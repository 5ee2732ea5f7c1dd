using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plumbline.Testing;

namespace Plumbline.ObjectStore.Azure.Tests.Faults;

/// <summary>A server between the store and the emulator that loses, refuses and delays what it is told to.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private static readonly string[] OfTheConnection = ["Host", "Connection", "Transfer-Encoding", "Content-Length", "Keep-Alive"];
    private readonly WebApplication _server;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly AzuriteProcess _azurite;
    private readonly ConcurrentQueue<ProxiedRequest> _seen = [];
    private readonly ConcurrentQueue<Forwarded> _late = [];
    private readonly BlobServiceClient _beside;
    private TaskCompletionSource _halting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _halted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FaultProxy(AzuriteProcess azurite, WebApplication server)
    {
        (_azurite, _server, _beside) = (azurite, server, new BlobServiceClient(azurite.ConnectionString));
        server.Run(ServeAsync);
    }

    public int Port { get; private set; }

    /// <summary>Decides what happens to each request.</summary>
    public Func<ProxiedRequest, Fault> Choose { get; set; } = _ => Fault.None;

    /// <summary>Whether a blob may not become one of another type, as the service has it and the emulator does not.</summary>
    public bool KeepsTypes { get; set; }

    /// <summary>The requests so far.</summary>
    public IReadOnlyCollection<ProxiedRequest> Seen => _seen;

    public static async Task<FaultProxy> StartAsync(Emulator emulator)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Limits.MaxRequestBodySize = null).UseUrls("http://127.0.0.1:0");
        var proxy = new FaultProxy(emulator.Azurite, builder.Build());
        await proxy._server.StartAsync();
        var addresses = proxy._server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        proxy.Port = new Uri(addresses.Addresses.Single()).Port;
        return proxy;
    }

    /// <summary>The fault for the first so many requests of a kind.</summary>
    public void Fail(Fault fault, Func<ProxiedRequest, bool> which, int times = 1)
    {
        var left = times;
        Choose = request => which(request) && Interlocked.Decrement(ref left) >= 0 ? fault : Fault.None;
    }

    /// <summary>What halts from now on waits for <see cref="GoOn"/>.</summary>
    public void Halt() =>
        (_halting, _halted) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Waits until an answer has halted.</summary>
    public Task HasHaltedAsync() => _halting.Task.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Sends the rest of what halted.</summary>
    public void GoOn() => _halted.TrySetResult();

    public void ClearSeen() => _seen.Clear();

    /// <summary>Lets what is late arrive now.</summary>
    /// <returns>The answers that nobody waits for any more.</returns>
    public async Task<IReadOnlyList<int>> ReleaseAsync()
    {
        var answers = new List<int>();
        while (_late.TryDequeue(out var request))
        {
            using var answer = await ForwardAsync(request);
            answers.Add((int)answer.StatusCode);
        }
        return answers;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        var request = await Forwarded.ReadAsync(context.Request);
        var asked = new ProxiedRequest(request.Method, request.Target, context.Request.Headers["x-ms-blob-type"]);
        _seen.Enqueue(asked);
        switch (Choose(asked))
        {
            case Fault.None when KeepsTypes && (asked.IsPut || asked.IsCreate) && await IsOfAnotherTypeAsync(context.Request, asked):
                await AnswerAsync(context.Response, 409, "InvalidBlobType");
                break;
            case Fault.None:
                using (var answer = await ForwardAsync(request)) await CopyAsync(answer, context.Response);
                break;
            case Fault.LostAnswer:
                (await ForwardAsync(request)).Dispose();
                context.Abort();
                break;
            case Fault.ErrorAfterwards:
                (await ForwardAsync(request)).Dispose();
                await AnswerAsync(context.Response, 500, "InternalError");
                break;
            case Fault.Busy:
                await AnswerAsync(context.Response, 503, "ServerBusy");
                break;
            case Fault.Gibberish:
                (context.Response.StatusCode, context.Response.ContentType) = (502, "application/xml");
                await context.Response.WriteAsync("<html>Bad gateway");
                break;
            case Fault.Halting:
                using (var answer = await ForwardAsync(request)) await CopyAsync(answer, context.Response, _halting);
                break;
            case Fault.Late:
                _late.Enqueue(request);
                context.Abort();
                break;
            case Fault.Silence:
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            default:
                context.Abort();
                break;
        }
    }

    private async Task<bool> IsOfAnotherTypeAsync(HttpRequest request, ProxiedRequest asked)
    {
        // A condition on being missing is looked at first.
        if (request.Headers.IfNoneMatch.Count > 0) return false;
        var path = request.Path.Value!.Split('/', 4); // "", account, container, blob
        var blob = _beside.GetBlobContainerClient(path[2]).GetBlobClient(path[3]);
        if (!await blob.ExistsAsync()) return false;
        BlobProperties found = await blob.GetPropertiesAsync();
        return (found.BlobType == BlobType.Append) != asked.IsCreate;
    }

    private async Task<HttpResponseMessage> ForwardAsync(Forwarded request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri($"http://127.0.0.1:{_azurite.BlobPort}{request.Target}"))
        {
            Content = new ByteArrayContent(request.Body),
        };
        foreach (var (name, values) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, values)) message.Content.Headers.TryAddWithoutValidation(name, values);
        }
        return await _client.SendAsync(message);
    }

    private async Task CopyAsync(HttpResponseMessage answer, HttpResponse response, TaskCompletionSource? halting = null)
    {
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (name == "Content-Length" || !OfTheConnection.Contains(name, StringComparer.OrdinalIgnoreCase)) response.Headers[name] = values.ToArray();
        }
        if (response.HttpContext.Request.Method == "HEAD") return;
        var body = await answer.Content.ReadAsByteArrayAsync();
        await response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
        await response.Body.FlushAsync();
        if (halting is not null)
        {
            halting.TrySetResult();
            await _halted.Task;
        }
        await response.Body.WriteAsync(body.AsMemory(body.Length / 2));
    }

    private static Task AnswerAsync(HttpResponse response, int status, string code)
    {
        response.StatusCode = status;
        response.Headers["x-ms-error-code"] = code;
        if (response.HttpContext.Request.Method == "HEAD") return Task.CompletedTask;
        response.ContentType = "application/xml";
        return response.WriteAsync($"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>{code}</Message></Error>");
    }

    private sealed record Forwarded(string Method, string Target, (string Name, string?[] Values)[] Headers, byte[] Body)
    {
        public static async Task<Forwarded> ReadAsync(HttpRequest request)
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            var headers = request.Headers.Where(h => !OfTheConnection.Contains(h.Key, StringComparer.OrdinalIgnoreCase))
                .Select(h => (h.Key, (string?[])h.Value.ToArray())).ToArray();
            return new Forwarded(request.Method, request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, headers, body.ToArray());
        }
    }
}

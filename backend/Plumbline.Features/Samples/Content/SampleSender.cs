using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;

namespace Plumbline.Features.Samples.Content;

/// <summary>Sends requests to the server's own OTLP endpoint, as an application would: over the network, with a key that ends with the sending.</summary>
internal sealed class SampleSender(IServer server, IHttpClientFactory clients)
{
    public async Task SendAsync(ProjectScope scope, string actor, IReadOnlyList<byte[]> requests, CancellationToken cancellationToken)
    {
        if (requests.Count == 0) return;
        var secret = "pl_" + RandomNumberGenerator.GetHexString(48, lowercase: true);
        var keys = scope.Keys();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        var key = new NewApiKey(scope.Project, RandomId.New(), "Sample project", secret[..11], [ApiKeyScope.Ingest]) { CreatedById = actor };
        try
        {
            await keys.CreateAsync(hash, key);
            using var client = clients.CreateClient(nameof(SampleSender));
            client.BaseAddress = Address();
            client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
            foreach (var request in requests) await SendAsync(client, request, cancellationToken);
        }
        finally
        {
            await keys.RevokeAsync(key.KeyId);
        }
    }

    private static async Task SendAsync(HttpClient client, byte[] request, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(request);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using var answer = await client.PostAsync(new Uri("/v1/traces", UriKind.Relative), content, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new RequestFailedException(
                FailureCode.Internal,
                $"The server's own OTLP endpoint answered {(int)answer.StatusCode} to the sample. Look into the server's log.");
    }

    // The first address is that of the main port; one that listens everywhere is reached on loopback.
    private Uri Address()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The server has no address.");
        var uri = new UriBuilder(address.Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace(
            "0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace(
                "//+", "//127.0.0.1", StringComparison.Ordinal).Replace("//*", "//127.0.0.1", StringComparison.Ordinal));
        return uri.Uri;
    }
}

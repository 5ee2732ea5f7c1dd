using System.Net;
using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Silos.Tests.Kills;

/// <summary>What a client may be told while a silo is gone.</summary>
internal enum Outcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>Nothing was done; come again.</summary>
    Unavailable,

    /// <summary>It may have been done.</summary>
    Unknown,
}

/// <summary>An answer of the server; one of another kind fails the test with what it said.</summary>
internal readonly record struct Answer(Outcome Outcome, JsonElement Data)
{
    /// <summary>Longer than the server may take for anything here: an answer that has not come by then never comes.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static async Task<Answer> QueryAsync(ServerClient client, string query, object variables)
    {
        using var answer = await client.PostAsync("/graphql", new { query, variables }).WaitAsync(Longest);
        var text = await answer.Content.ReadAsStringAsync();
        var body = Parse(answer.StatusCode, text);
        if (!body.TryGetProperty("errors", out var errors)) return new(Outcome.Done, body.GetProperty("data"));
        var codes = errors.EnumerateArray().Select(e => e.At("extensions.code").GetString()).ToHashSet();
        if (codes.SetEquals(["UNAVAILABLE"])) return new(Outcome.Unavailable, default);
        return codes.IsSubsetOf(["UNAVAILABLE", "OUTCOME_UNKNOWN"]) ? new(Outcome.Unknown, default) : throw Unexpected(answer.StatusCode, text);
    }

    public static async Task<Answer> ExportAsync(ServerClient client, HttpContent body)
    {
        using var answer = await client.PostAsync("/v1/traces", body).WaitAsync(Longest);
        if (answer.StatusCode == HttpStatusCode.OK) return new(Outcome.Done, default);
        var comesBack = answer.StatusCode == HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null;
        return comesBack ? new(Outcome.Unavailable, default) : throw Unexpected(answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static async Task<Answer> GrpcExportAsync(int port, byte[] message)
    {
        var (status, said, _) = await GrpcExport.SendAsync(port, message, Edge.ApiKey).WaitAsync(Longest);
        return status switch
        {
            "0" => new(Outcome.Done, default),
            "14" => new(Outcome.Unavailable, default),
            _ => throw new InvalidOperationException($"The server answered over gRPC {status} with: {said}"),
        };
    }

    private static JsonElement Parse(HttpStatusCode status, string text)
    {
        try
        {
            return JsonDocument.Parse(text).RootElement;
        }
        catch (JsonException)
        {
            throw Unexpected(status, text);
        }
    }

    private static InvalidOperationException Unexpected(HttpStatusCode status, string text) => new($"The server answered {(int)status} with: {text}");
}

using System.Net.Http.Json;
using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Silos.Tests.Streams;

/// <summary>A subscription over server-sent events, as a browser holds it.</summary>
internal sealed class Listener : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _lines;

    private Listener(HttpResponseMessage answer, Stream stream) => (_answer, _lines) = (answer, new StreamReader(stream));

    public static async Task<Listener> OpenAsync(ServerClient client, string query, object variables)
    {
        var answer = await client.ListenAsync(JsonContent.Create(new { query, variables }));
        answer.EnsureSuccessStatusCode();
        return new Listener(answer, await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>The data of the next event; null when the server has ended the stream.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        while (await _lines.ReadLineAsync().WaitAsync(Longest) is { } line)
        {
            if (!line.StartsWith("data: {", StringComparison.Ordinal)) continue;
            var told = JsonDocument.Parse(line["data: ".Length..]).RootElement;
            return told.TryGetProperty("errors", out var errors) ? throw new InvalidOperationException(errors.ToString()) : told.GetProperty("data");
        }
        return null;
    }

    /// <summary>Reads on to an event that is like this.</summary>
    public async Task<JsonElement> UntilAsync(Func<JsonElement, bool> isLike)
    {
        while (await NextAsync() is { } told)
            if (isLike(told)) return told;
        throw new InvalidOperationException("The server ended the stream before that.");
    }

    public void Dispose()
    {
        _lines.Dispose();
        _answer.Dispose();
    }
}

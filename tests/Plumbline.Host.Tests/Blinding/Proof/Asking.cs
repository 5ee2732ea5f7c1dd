using System.Net.Http.Json;
using System.Text.Json;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>GraphQL requests that have to succeed, and what they answer.</summary>
internal static class Asking
{
    private static readonly Uri Address = new("/graphql", UriKind.Relative);

    /// <summary>The answer to a request, as it came.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="document">What.</param>
    /// <param name="variables">With which variables.</param>
    /// <param name="name">What the request is called in the log of gates; null when it is not logged.</param>
    public static async Task<string> TextAsync(this HttpClient client, string document, object? variables = null, string? name = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = JsonContent.Create(new { query = document, variables }) };
        if (name is not null) request.Headers.Add(GateLog.Header, name);
        using var answer = await client.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>A request that is answered by events.</summary>
    public static HttpRequestMessage Live(string document)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = JsonContent.Create(new { query = document }) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        return request;
    }

    public static Task<HttpResponseMessage> SendJsonAsync(this HttpClient client, string path, object body) =>
        client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);

    public static async Task<JsonElement> DoAsync(this HttpClient client, string mutation, object input, string selection)
    {
        var type = input.GetType().GetProperties() is [{ Name: "id" }] ? "IdInput" : $"{char.ToUpperInvariant(mutation[0])}{mutation[1..]}Input";
        var text = await client.TextAsync($"mutation($input: {type}!) {{ {mutation}(input: $input) {{ {selection} }} }}", new { input });
        return Data(text).GetProperty(mutation);
    }

    public static async Task<JsonElement> ReadAsync(this HttpClient client, string document) => Data(await client.TextAsync(document));

    private static JsonElement Data(string text)
    {
        var answer = JsonDocument.Parse(text).RootElement;
        return answer.TryGetProperty("errors", out _) ? throw new InvalidOperationException(text) : answer.GetProperty("data");
    }
}

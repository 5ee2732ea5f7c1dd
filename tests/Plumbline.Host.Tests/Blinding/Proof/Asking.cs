using System.Net.Http.Json;
using System.Text.Json;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>GraphQL requests that have to succeed, and what they answer.</summary>
internal static class Asking
{
    public static async Task<string> TextAsync(this HttpClient client, string document, object? variables = null)
    {
        using var answer = await client.PostAsJsonAsync("/graphql", new { query = document, variables });
        return await answer.Content.ReadAsStringAsync();
    }

    public static async Task<JsonElement> DoAsync(this HttpClient client, string mutation, object input, string selection)
    {
        var type = input.GetType().GetProperties() is [{ Name: "id" }] ? "IdInput" : $"{char.ToUpperInvariant(mutation[0])}{mutation[1..]}Input";
        var text = await client.TextAsync($"mutation($input: {type}!) {{ {mutation}(input: $input) {{ {selection} }} }}", new { input });
        return Data(text).GetProperty(mutation);
    }

    public static async Task<JsonElement> ReadAsync(this HttpClient client, string document) => Data(await client.TextAsync(document));

    public static JsonElement At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path) element = element.GetProperty(name);
        return element;
    }

    public static string Text(this JsonElement element, params ReadOnlySpan<string> path) => element.At(path).GetString()!;

    private static JsonElement Data(string text)
    {
        var answer = JsonDocument.Parse(text).RootElement;
        return answer.TryGetProperty("errors", out _) ? throw new InvalidOperationException(text) : answer.GetProperty("data");
    }
}

using System.Text.Json;

namespace Plumbline.Testing.Api;

/// <summary>Mutations by name, input and what is asked of the answer.</summary>
public static class Mutation
{
    /// <summary>Inputs that are named after another mutation of the same shape.</summary>
    private static readonly Dictionary<string, string> Shared = new() { ["leaveReviewQueue"] = "JoinReviewQueueInput" };

    /// <summary>The document of a mutation. Its input is named after it, unless it is only an id.</summary>
    public static string Document(string mutation, object input, string selection) =>
        $"mutation($input: {InputType(mutation, input)}!) {{ {mutation}(input: $input) {{ {selection} }} }}";

    /// <summary>What the mutation, which has to succeed, answers.</summary>
    public static async Task<JsonElement> DoAsync(this IApiClient client, string mutation, object input, string selection = "__typename") =>
        (await client.QueryAsync(Document(mutation, input, selection), new { input })).At(mutation);

    private static string InputType(string mutation, object input)
    {
        if (Shared.TryGetValue(mutation, out var shared)) return shared;
        var members = JsonSerializer.SerializeToNode(input)!.AsObject();
        return members.Count == 1 && members.ContainsKey("id") ? "IdInput" : $"{char.ToUpperInvariant(mutation[0])}{mutation[1..]}Input";
    }
}

using System.Text.Json;
using Plumbline.Features.Kernel.Json;
using Plumbline.GraphQL;

namespace Plumbline.Features.Kernel.Messages;

/// <summary>Type RetrievedDocument: what a retriever found.</summary>
/// <param name="Id">The retriever's.</param>
/// <param name="Score">How well it fits, by the retriever's measure.</param>
/// <param name="Content">Its text.</param>
/// <param name="Metadata">A JSON object as a rule: title, source, page.</param>
internal sealed record RetrievedDocument(string? Id, double? Score, string? Content, RawJson? Metadata)
{
    /// <summary>The documents of a span; null when there are none, or what there is cannot be read.</summary>
    public static IReadOnlyList<RetrievedDocument>? Read(string? json) => JsonList.Of(json, document => new RetrievedDocument(
        JsonList.Text(document, "id"),
        document.TryGetProperty("score", out var score) && score.ValueKind == JsonValueKind.Number ? score.GetDouble() : null,
        JsonList.Text(document, "content") ?? JsonList.Text(document, "text"),
        JsonList.Raw(document, "metadata")));
}

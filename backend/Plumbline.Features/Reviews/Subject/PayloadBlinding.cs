using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Kernel.Messages;
using Plumbline.GraphQL;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>A pass over messages and documents that takes away what would tell what the queue hides: ids that providers make in their own style,
/// names, and metadata by name. The content itself stays.</summary>
internal sealed class PayloadBlinding(BlindingRules rules)
{
    private static readonly string[] TellTale =
    [
        "model", "provider", "vendor", "engine", "deployment", "system_fingerprint", "version",
        "latency", "duration", "token", "cost", "price", "user", "session",
    ];

    private static readonly string[] OfFiles = ["modality", "mime_type", "uri", "content"];
    private static readonly OtherPart Withheld = new("other", null);
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private int _named;

    private bool HidesSource => rules.HidesTraces;

    /// <summary>The messages as the reviewer may see them.</summary>
    public IReadOnlyList<Message> Show(IReadOnlyList<Message> messages) =>
        HidesSource ? [.. messages.Select(m => new Message(m.Role, null, [.. m.Parts.Select(Show)]))] : messages;

    /// <summary>The documents as the reviewer may see them.</summary>
    public IEnumerable<RetrievedDocument> Show(IReadOnlyList<RetrievedDocument>? documents) => (documents ?? []).Select(Show);

    /// <summary>What to show other traces with: the reviewer may be asked to judge those too, in queues that hide more.</summary>
    public PayloadBlinding ForOtherTraces() => HidesSource ? this : new PayloadBlinding(BlindingRules.Strictest);

    /// <summary>Begins another trace: that it has an id in common with an earlier one would tell how their provider makes ids.</summary>
    public void Separate() => _ids.Clear();

    // A list of what is let through: a part of a kind that is not here would name the provider that alone knows it.
    private MessagePart Show(MessagePart part) => part switch
    {
        TextPart or ReasoningPart or ImagePart => part,
        ToolCallPart call => call with { Id = Neutral(call.Id) },
        ToolResultPart result => result with { Id = Neutral(result.Id) },
        OtherPart { Kind: "uri" or "blob", Content: { } file } other => other with { Content = Only(file, OfFiles.Contains) },
        _ => Withheld,
    };

    private RetrievedDocument Show(RetrievedDocument document) => new(
        HidesSource ? null : document.Id,
        rules.HideMetrics ? null : document.Score,
        document.Content,
        HidesSource ? Metadata(document.Metadata) : document.Metadata);

    /// <summary>The same id gets the same neutral name throughout one subject, so that a result is still found by its call.</summary>
    private string? Neutral(string? id)
    {
        if (id is null) return null;
        if (!_ids.TryGetValue(id, out var neutral)) _ids.Add(id, neutral = $"call-{++_named}");
        return neutral;
    }

    private static RawJson? Metadata(RawJson? metadata) =>
        metadata is { } value ? Only(value, name => !TellsTale(name)) : null;

    private static bool TellsTale(string name) => Array.Exists(TellTale, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The members of an object that are let through, no structures among them, by name: senders are known by their order too. Null when it
    /// is no object.</summary>
    private static RawJson? Only(RawJson json, Func<string, bool> isShown)
    {
        using var document = JsonDocument.Parse(json.Utf8, new JsonDocumentOptions { MaxDepth = 1000 });
        if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
        var shown = new JsonObject();
        foreach (var member in document.RootElement.EnumerateObject().Where(m =>
            isShown(m.Name) && !IsStructure(m.Value)).OrderBy(m => m.Name, StringComparer.Ordinal))
            shown[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        return RawJson.FromText(shown.ToJsonString());
    }

    private static bool IsStructure(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Kernel.Messages;
using Plumbline.GraphQL;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>A pass over messages and documents that lets through what says nothing of what the queue hides: roles, texts, tool calls under neutral ids,
/// and of metadata what <see cref="ContentKeys"/> lists. JSON is shown as the words in it, never as it came; of a model's own answer it is more.</summary>
internal sealed class PayloadBlinding(BlindingRules rules)
{
    private static readonly string[] OfFiles = ["modality", "mime_type", "uri", "content"];
    private static readonly OtherPart Withheld = new("other", null);
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private int _named;

    private bool HidesSource => rules.HidesTraces;

    /// <summary>The messages as the reviewer may see them.</summary>
    public IReadOnlyList<Message> Show(IReadOnlyList<Message> messages) => Show(new SpanWords(messages, AreAModels: false));

    /// <summary>What a span was asked or answered as the reviewer may see it.</summary>
    public IReadOnlyList<Message> Show(SpanWords words) =>
        HidesSource ? [.. words.Messages.SelectMany(m => Show(m, words.AreAModels && m.Role == "assistant"))] : words.Messages;

    /// <summary>The documents as the reviewer may see them.</summary>
    public IEnumerable<RetrievedDocument> Show(IReadOnlyList<RetrievedDocument>? documents) => (documents ?? []).Select(Show);

    /// <summary>What to show other traces with: the reviewer may be asked to judge those too, in queues that hide more.</summary>
    public PayloadBlinding ForOtherTraces() => HidesSource ? this : new PayloadBlinding(BlindingRules.Strictest);

    /// <summary>Begins another trace: that it has an id in common with an earlier one would tell how their provider makes ids.</summary>
    public void Separate() => _ids.Clear();

    private IEnumerable<Message> Show(Message message, bool isAModels)
    {
        var role = ContentKeys.Roles.Contains(message.Role) ? message.Role : "other";
        var parts = isAModels ? [.. message.Parts.Select(InLines)] : message.Parts;
        if (parts is not [TextPart { Text: var text }] || !RecordedJson.IsAny(text)) return [new Message(role, null, [.. parts.Select(Show)])];
        // A whole record in the place of a message: what it says, by whom.
        var read = RecordedJson.Read(text, role);
        return read.Count == 0 ? [new Message(role, null, [Withheld])] : read.Select(m => m with { Parts = [.. m.Parts.Select(Show)] });
    }

    // What a model says in JSON is what is judged, whatever the model calls it.
    private static MessagePart InLines(MessagePart part) => part switch
    {
        TextPart text => new TextPart(StructuredAnswer.Read(text.Text) ?? text.Text),
        ReasoningPart thought => new ReasoningPart(StructuredAnswer.Read(thought.Text) ?? thought.Text),
        _ => part,
    };

    // A list of what is let through: a part of a kind that is not here would name the provider that alone knows it.
    private MessagePart Show(MessagePart part) => part switch
    {
        TextPart text => Words(text.Text) is { } words ? new TextPart(words) : Withheld,
        ReasoningPart thought => Words(thought.Text) is { } words ? new ReasoningPart(words) : Withheld,
        ImagePart { Url: { } url } when RecordedJson.IsAny(url) => Withheld,
        ImagePart image => image with { MimeType = image.MimeType is { } type && RecordedJson.IsAny(type) ? null : image.MimeType },
        ToolCallPart call => call with { Id = Neutral(call.Id), Name = RecordedJson.IsAny(call.Name) ? "" : call.Name },
        ToolResultPart result => new ToolResultPart(Neutral(result.Id), Result(result.Result)),
        OtherPart { Kind: "uri" or "blob", Content: { } file } other => other with { Content = Only(file, OfFiles.Contains) },
        _ => Withheld,
    };

    /// <summary>A text, or the words in it when it is JSON; null when there are none.</summary>
    private static string? Words(string text) => RecordedJson.IsAny(text) ? RecordedJson.Text(text) : text;

    /// <summary>A result that is a single value has no names that could tell anything.</summary>
    private static RawJson? Result(RawJson? result)
    {
        if (result is not { } json) return null;
        using var document = JsonDocument.Parse(json.Utf8, new JsonDocumentOptions { MaxDepth = 1000 });
        var value = document.RootElement;
        if (!IsStructure(value) && value.ValueKind != JsonValueKind.String) return result;
        var words = value.ValueKind == JsonValueKind.String ? Words(value.GetString()!) : RecordedJson.Text(value.GetRawText());
        return words is null ? null : RawJson.FromText(JsonSerializer.Serialize(words));
    }

    private RetrievedDocument Show(RetrievedDocument document) => new(
        HidesSource ? null : document.Id,
        rules.HideMetrics ? null : document.Score,
        HidesSource && document.Content is { } content ? Words(content) : document.Content,
        HidesSource ? Metadata(document.Metadata) : document.Metadata);

    /// <summary>The same id gets the same neutral name throughout one subject, so that a result is still found by its call.</summary>
    private string? Neutral(string? id)
    {
        if (id is null) return null;
        if (!_ids.TryGetValue(id, out var neutral)) _ids.Add(id, neutral = $"call-{++_named}");
        return neutral;
    }

    private static RawJson? Metadata(RawJson? metadata) => metadata is { } value ? Only(value, ContentKeys.OfDocuments.Contains) : null;

    /// <summary>The members of an object that are let through, no structures among them, by name: senders are known by their order too. Null when it
    /// is no object.</summary>
    private static RawJson? Only(RawJson json, Func<string, bool> isShown)
    {
        using var document = JsonDocument.Parse(json.Utf8, new JsonDocumentOptions { MaxDepth = 1000 });
        if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
        var shown = new JsonObject();
        foreach (var member in document.RootElement.EnumerateObject().Where(m =>
            isShown(m.Name) && !IsStructure(m.Value) && !IsRecord(m.Value)).OrderBy(m => m.Name, StringComparer.Ordinal))
            shown[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        return RawJson.FromText(shown.ToJsonString());
    }

    private static bool IsRecord(JsonElement value) => value.ValueKind == JsonValueKind.String && RecordedJson.IsAny(value.GetString()!);

    private static bool IsStructure(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Kernel.Messages;
using Plumbline.GraphQL;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>A pass over messages and documents that lets through what says nothing of what the queue hides: roles, texts, tool calls under neutral ids,
/// and of metadata what <see cref="ContentKeys"/> lists. JSON is shown as the words in it, never as it came; of a model's own answer it is more.</summary>
internal sealed partial class PayloadBlinding(BlindingRules rules)
{
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
        if (message.Parts is not [TextPart { Text: var text }] || !RecordedJson.IsAny(text) || (isAModels && StructuredAnswer.Read(text) is not null))
            return [new Message(role, null, [.. message.Parts.Select(p => Show(p, isAModels))])];
        // A whole record in the place of a message: what it says, by whom.
        var read = RecordedJson.Read(text, role);
        if (read.Count == 0) return [new Message(role, null, [Show(message.Parts[0], isAModels)])];
        return read.Select(m => m with { Parts = [.. m.Parts.Select(p => Show(p, isAModels: false))] });
    }

    // A list of what is let through: a part of a kind that is not here would name the provider that alone knows it.
    private MessagePart Show(MessagePart part, bool isAModels) => part switch
    {
        TextPart text => Words(text.Text, isAModels) is { } words ? new TextPart(words) : Withheld,
        ReasoningPart thought => Words(thought.Text, isAModels) is { } words ? new ReasoningPart(words) : Withheld,
        ImagePart image => FileParts.Show(image),
        ToolCallPart call => call with { Id = Neutral(call.Id), Name = ToolName().IsMatch(call.Name) ? call.Name : "" },
        ToolResultPart result => new ToolResultPart(Neutral(result.Id), Result(result.Result)),
        OtherPart { Kind: "uri" or "blob", Content: not null } file => FileParts.Show(file),
        _ => Withheld,
    };

    /// <summary>What is shown of a text; null when there is nothing. What a model says in JSON is what is judged, whatever the model calls it.</summary>
    private static string? Words(string text, bool isAModels) => isAModels ? OwnText.Of(text) : RecordedText.Words(text);

    [GeneratedRegex(@"\A[\w.:/, -]{0,200}\z", RegexOptions.None, 1000)]
    private static partial Regex ToolName();

    /// <summary>A result that is a single value has no names that could tell anything.</summary>
    private static RawJson? Result(RawJson? result)
    {
        if (result is not { } json) return null;
        using var document = JsonDocument.Parse(json.Utf8, new JsonDocumentOptions { MaxDepth = 1000 });
        var value = document.RootElement;
        if (!IsStructure(value) && value.ValueKind != JsonValueKind.String) return result;
        var words = RecordedText.Words(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
        return words is null ? null : RawJson.FromText(JsonSerializer.Serialize(words));
    }

    private RetrievedDocument Show(RetrievedDocument document) => new(
        HidesSource ? null : document.Id,
        rules.HideMetrics ? null : document.Score,
        HidesSource && document.Content is { } content ? RecordedText.Words(content) : document.Content,
        HidesSource ? Metadata(document.Metadata) : document.Metadata);

    /// <summary>The same id gets the same neutral name throughout one subject, so that a result is still found by its call.</summary>
    private string? Neutral(string? id)
    {
        if (id is null) return null;
        if (!_ids.TryGetValue(id, out var neutral)) _ids.Add(id, neutral = $"call-{++_named}");
        return neutral;
    }

    /// <summary>The members that are let through, no structures among them, by name: senders are known by their order too. Null when it is no object.</summary>
    private static RawJson? Metadata(RawJson? metadata)
    {
        if (metadata is not { } json) return null;
        using var document = JsonDocument.Parse(json.Utf8, new JsonDocumentOptions { MaxDepth = 1000 });
        if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
        var shown = new JsonObject();
        foreach (var member in document.RootElement.EnumerateObject().Where(m =>
            ContentKeys.OfDocuments.Contains(m.Name) && !IsStructure(m.Value) && !IsRecord(m.Value)).OrderBy(m => m.Name, StringComparer.Ordinal))
            shown[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        return RawJson.FromText(shown.ToJsonString());
    }

    private static bool IsRecord(JsonElement value) => value.ValueKind == JsonValueKind.String && RecordedText.Words(value.GetString()!) != value.GetString();

    private static bool IsStructure(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
}

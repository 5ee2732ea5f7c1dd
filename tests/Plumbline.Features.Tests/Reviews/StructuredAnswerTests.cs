using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Messages;
using Plumbline.Features.Reviews.Subject;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>A model's own answer in JSON is what is judged: its values are shown in plain lines, without what would tell who made it.</summary>
public sealed class StructuredAnswerTests
{
    private static readonly BlindingRules Hidden = new(true, false, false, false, true);
    private static readonly string[] Plain = ["sentiment", "summary", "paid", "items", "answer", "reasons", "customerName", "ideas", "amount_eur", "x y"];

    private static readonly string[] Telling =
    [
        "model", "model_name", "modelVersion", "LLMName", "provider", "usage", "totalTokens", "output_tokens", "cost", "cost_eur", "id", "user_id", "traceId",
        "version", "prompt", "prompt-name", "score", "toneScore", "finish_reason", "generated_by", "latency_ms", "metadata", "vendor",
    ];

    [Theory]
    [InlineData("""{"sentiment":"positive"}""", "sentiment: positive")]
    [InlineData("""{"sentiment":"positive","model":"gpt-4o","usage":{"total":71}}""", "sentiment: positive")]
    [InlineData("""{"order":{"state":"sent","days":[1,2.50]},"paid":true,"note":null,"id":"x"}""",
        "order:\n  state: sent\n  days:\n    - 1\n    - 2.50\npaid: true\nnote: null")]
    [InlineData("""[{"name":"Ann","city":"Bern"},{"name":"Bob"},"Cat"]""", "- name: Ann\n  city: Bern\n- name: Bob\n- Cat")]
    [InlineData("""{"text":"Two\nlines.","inner":"{\"a\":\"b\",\"model\":\"gpt-4o\"}"}""", "text:\n  Two\n  lines.\ninner:\n  a: b")]
    [InlineData("""{"question":"Which?","choices":["a","b"],"candidates":[{"name":"Ann"}]}""",
        "question: Which?\nchoices:\n  - a\n  - b\ncandidates:\n  - name: Ann")]
    // Records of a call, not answers: the words in them, as ever.
    [InlineData("""{"id":"chatcmpl-1","choices":[{"message":{"role":"assistant","content":"Hi."},"finish_reason":"stop"}],"vendor_note":"gpt-4o"}""", "Hi.")]
    [InlineData("""{"answer":"Hi.","response_metadata":{},"made_by":"gpt-4o"}""", "Hi.")]
    [InlineData("""{"found":{"role":"assistant","content":"Hi.","made_by":"gpt-4o"}}""", "found:\n  Hi.")]
    // Nothing left, or cut off.
    [InlineData("""{"model":"gpt-4o","usage":{"total":71}}""", null)]
    [InlineData("""{"sentiment":"posi""", null)]
    public void Answer_IsShownInLines(string answer, string? expected)
    {
        Assert.Equal(expected, Shown(answer, SpanKind.Generation));
        Assert.Equal(expected, Shown(answer, SpanKind.Agent));
    }

    [Fact]
    public void JsonOfAnythingElse_IsShownAsTheWordsInIt()
    {
        const string json = """{"sentiment":"positive","answer":"So."}""";
        Assert.Equal("So.", Shown(json, SpanKind.Chain));
        Assert.Equal("So.", Shown(json, SpanKind.Tool));
        Assert.Equal("So.", Shown(json, SpanKind.Generation, role: "user"));
        // A text that is no message may be whatever a library recorded.
        Assert.Equal("So.", Text(SpanWords.Answered(Span(SpanKind.Generation, null) with { Output = json })));
    }

    [Fact]
    public void Answer_WhereNothingIsHidden_IsAsItCame()
    {
        const string json = """{"sentiment":"positive","model":"gpt-4o"}""";
        var shown = new PayloadBlinding(new(false, false, false, false, true)).Show(SpanWords.Answered(Span(SpanKind.Generation, Message(json, "assistant"))));
        Assert.Equal(json, Assert.Single(shown).Text);
    }

    [Fact]
    public void RandomAnswers_ShowEveryValue_AndNothingThatTells()
    {
        var random = new Random();
        for (var round = 0; round < 4000; round++)
        {
            var words = new List<string>();
            var tree = Tree(random, 4, isShown: true, words);
            var json = tree.ToJsonString();
            var shown = Shown(json, SpanKind.Generation) ?? "";
            Assert.DoesNotContain("canary", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("{", shown, StringComparison.Ordinal);
            Assert.All(words, word => Assert.True(shown.Contains(word, StringComparison.Ordinal), $"{word} of {json} is not in {shown}"));
            foreach (var broken in new[] { json[..random.Next(2, json.Length)], json.Replace('"', '\''), json + "\n" + json, $"\n {json[..^1]},NaN]" })
                Assert.DoesNotContain("canary", Shown(broken, SpanKind.Generation) ?? "", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("valid")]
    [InlineData("modelling")]
    [InlineData("costume")]
    [InlineData("ideal")]
    [InlineData("tokenizer_note")]
    [InlineData("")]
    public void Names_ThatOnlyLookAlike_AreShown(string name) => Assert.False(IdentityKeys.Contain(name));

    private static JsonObject Tree(Random random, int depth, bool isShown, List<string> words)
    {
        var tree = new JsonObject();
        for (var members = random.Next(1, 5); members > 0; members--)
        {
            var isPlain = random.Next(2) == 0;
            var name = isPlain ? Plain[random.Next(Plain.Length)] : Telling[random.Next(Telling.Length)];
            if (!tree.ContainsKey(name)) tree[name] = Value(random, depth - 1, isShown && isPlain, words);
        }
        return tree;
    }

    private static JsonNode Value(Random random, int depth, bool isShown, List<string> words)
    {
        if (depth == 0 || random.Next(3) == 0) return Leaf(random, isShown, words);
        if (random.Next(3) == 0) return new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Value(random, depth - 1, isShown, words))]);
        var inner = Tree(random, depth, isShown, words);
        return random.Next(4) == 0 ? inner.ToJsonString() : inner;
    }

    private static JsonNode Leaf(Random random, bool isShown, List<string> words)
    {
        if (!isShown) return $"canary-{random.Next(1000)}";
        var number = random.Next(1_000_000);
        words.Add(random.Next(3) == 0 ? $"{number}" : $"word-{number}.");
        return words[^1][0] == 'w' ? words[^1] : number;
    }

    private static string? Shown(string answer, SpanKind kind, string role = "assistant") => Text(SpanWords.Answered(Span(kind, Message(answer, role))));

    private static string? Text(SpanWords words)
    {
        var parts = new PayloadBlinding(Hidden).Show(words).SelectMany(m => m.Parts).ToList();
        return parts is [OtherPart { Content: null }] ? null : string.Join('\n', parts.Cast<TextPart>().Select(p => p.Text));
    }

    private static string Message(string text, string role) =>
        JsonSerializer.Serialize(new[] { new { role, parts = new[] { new { type = "text", content = text } } } });

    private static SpanView Span(SpanKind kind, string? messages) => new()
    {
        Project = new("aaaaaaaaaaaa", "bbbbbbbbbbbb"),
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        Name = "span",
        Status = SpanStatus.Ok,
        DurationMs = 1,
        SpanId = "00f067aa0ba902b7",
        Kind = kind,
        StartUnixNano = 1,
        OutputMessagesJson = messages,
    };
}

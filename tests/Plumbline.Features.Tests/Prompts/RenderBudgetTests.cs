using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Prompts;
using Plumbline.Features.Prompts.Content;
using Plumbline.Features.Prompts.Templates;

namespace Plumbline.Features.Tests.Prompts;

/// <summary>What a template of allowed size may cost, whatever it is filled with.</summary>
public sealed class RenderBudgetTests
{
    private const int Rounds = 60;

    [Fact]
    public void Render_NestedEmptySections_EndsWithTheReason()
    {
        var refused = Refusal(Nested("a", 16, "y"), Inputs(("a", Ones(Rounds))));
        Assert.Contains("more than 1,000,000 steps", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NestedSectionsWithoutABody_EndsWithTheReason() =>
        Assert.Contains("steps", Refusal(Nested("a", 6, ""), Inputs(("a", Ones(Rounds)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Render_MessagesTogether_ShareOneBudget()
    {
        var one = Nested("a", 3, ""); // about 223,000 steps
        Render(Content([one]), Inputs(("a", Ones(Rounds))));
        Assert.Contains("steps", Refusal(Content([one, one, one, one, one]), Inputs(("a", Ones(Rounds)))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{item.x}}", """{"a":1,"a":2}""")] // one member is written, both are read
    [InlineData("{{.}}", "0.00000000000000000001")]
    public void Render_LargeValueOfShortText_CountsWhatIsRead(string body, string smallest)
    {
        var large = smallest.StartsWith('{')
            ? "{" + string.Join(',', Enumerable.Range(0, 10_000).Select(_ => "\"y\":1")) + "}"
            : "0." + new string('0', 100_000) + "1";
        var small = Inputs(("a", "[" + string.Join(',', Enumerable.Repeat(smallest, 5_000)) + "]"));
        Render(Content(["{{#a}}" + body + "{{/a}}"]), small);
        var inputs = Inputs(("a", Ones(1_000)), ("b", $"[{large}]"));
        Assert.Contains("steps", Refusal(Content(["{{#a}}{{#b}}" + body + "{{/b}}{{/a}}"]), inputs).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ImageRepeated_CountsToTheLengthOfTheMessage()
    {
        var content = Content(["{{#a}}{{i}}{{/a}}"]) with
        {
            Variables = [List("a"), new() { Name = "i", Type = VariableType.ImageUrl }],
        };
        var url = "\"https://x.test/" + new string('y', 100_000) + "\"";
        Assert.Contains("longer than", Refusal(content, Inputs(("a", Ones(30)), ("i", url))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NobodyWaits_Stops()
    {
        var inputs = Inputs(("a", Ones(Rounds)));
        Assert.Throws<OperationCanceledException>(() => Templates(int.MaxValue).Render(Content([Nested("a", 3, "")]), inputs, new(canceled: true)));
    }

    [Theory]
    [InlineData("[1e999]")]
    [InlineData("[\"\\ud800\"]")]
    public void Render_ValueThatIsNone_IsRefused(string value) =>
        Assert.Equal(FailureCode.BadUserInput, Refusal(Content(["{{#a}}{{.}}{{/a}}"]), Inputs(("a", value))).Code);

    [Fact]
    public void Bind_ManyUnknownInputs_TellsSome()
    {
        var inputs = Inputs([("a", "[]"), .. Enumerable.Range(0, 1_000).Select(i => ($"b{i}", "1"))]);
        Assert.Equal(20, Refusal(Content(["{{#a}}{{/a}}"]), inputs).Message.Split('\n').Length);
    }

    [Fact]
    public void Require_TemplatesLongerThanThePromptMayBe_AreNotRead()
    {
        var content = Content([.. Enumerable.Repeat("{{" + new string('a', 199_000), 3)]);
        var refused = Assert.Throws<RequestFailedException>(() => PromptContentRules.Require(content, new()));
        Assert.Contains("bytes long", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Steps counted without doing them: a template is filled exactly when they are within the budget.</summary>
    [Fact]
    public void Render_AnyTemplateAndInputs_EndsWithinItsBudget()
    {
        const int most = 2_000;
        var cases = Node(6).ArrayOf().Zip(Gen.Choose(0, 60)).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(cases, given =>
        {
            var (nodes, length) = given;
            var inputs = Inputs(("a", Ones(length)), ("b", Ones(length / 7)));
            var steps = nodes.Aggregate(BigInteger.Zero, (sum, n) => sum + n.Steps(length));
            try
            {
                Templates(most).Render(Content([string.Concat(nodes.Select(n => n.Text))]), inputs, TestContext.Current.CancellationToken);
                return steps <= most;
            }
            catch (RequestFailedException refused) when (refused.Message.Contains("steps", StringComparison.Ordinal))
            {
                return steps > most;
            }
        }));
    }

    private static Gen<Piece> Node(int depth)
    {
        Gen<Piece> leaf = Gen.Elements(new Piece("x{{b}}", _ => 2), new Piece("{{a}}", length => 1 + (2 * (((2 * length) + 1) / 64))));
        if (depth == 0) return leaf;
        var section = Gen.Elements("a", "b").SelectMany(name => Node(depth - 1).ArrayOf(2).Select(body => Section(name, body)));
        return Gen.OneOf(leaf, section, section);
    }

    private static Piece Section(string name, Piece[] body) => new(
        "{{#" + name + "}}" + string.Concat(body.Select(b => b.Text)) + "{{/" + name + "}}",
        length => 1 + ((name == "a" ? length : length / 7) * (1 + body.Aggregate(BigInteger.Zero, (sum, b) => sum + b.Steps(length)))));

    private sealed record Piece(string Text, Func<int, BigInteger> Steps);

    private static RequestFailedException Refusal(string template, string inputs) => Refusal(Content([template]), inputs);

    private static RequestFailedException Refusal(PromptContent content, string inputs) =>
        Assert.Throws<RequestFailedException>(() => Render(content, inputs));

    private static ImmutableArray<RenderedMessage> Render(PromptContent content, string inputs) =>
        Templates(new PromptsOptions().MaxRenderSteps).Render(content, inputs, TestContext.Current.CancellationToken);

    private static PromptTemplates Templates(int most) => new(Options.Create(new PromptsOptions { MaxRenderSteps = most }));

    private static PromptContent Content(ImmutableArray<string> templates) => new()
    {
        Messages = [.. templates.Select(t => new PromptMessage(MessageRole.User, t))],
        Variables = [List("a"), List("b")],
    };

    private static PromptVariable List(string name) => new() { Name = name, Type = VariableType.List, Required = false };

    private static string Nested(string name, int depth, string body) =>
        string.Concat(Enumerable.Repeat("{{#" + name + "}}", depth)) + body + string.Concat(Enumerable.Repeat("{{/" + name + "}}", depth));

    private static string Ones(int count) => JsonSerializer.Serialize(Enumerable.Repeat(1, count));

    private static string Inputs(params (string Name, string Json)[] values) => "{" + string.Join(',', values.Select(v => $"\"{v.Name}\":{v.Json}")) + "}";
}

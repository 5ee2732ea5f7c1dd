using Plumbline.Contracts.Reviews;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>What a trace tells besides its content.</summary>
internal sealed record Facts
{
    public required string Provider { get; init; }

    public required string Model { get; init; }

    public required string Prompt { get; init; }

    public required int PromptVersion { get; init; }

    public required int Milliseconds { get; init; }

    public required int InputTokens { get; init; }

    public required int OutputTokens { get; init; }

    public required string User { get; init; }

    public required string CallId { get; init; }

    public required int Status { get; init; }

    public required string SpanName { get; init; }

    public required string Tag { get; init; }

    public required string Environment { get; init; }

    public required string Service { get; init; }

    /// <summary>Seconds after the moment of the trace's turn: not enough to change the order of turns.</summary>
    public required int Late { get; init; }

    public required bool HasTool { get; init; }

    /// <summary>What an evaluator found, or null where none was asked.</summary>
    public required int? Score { get; init; }

    public required string Verdict { get; init; }

    public static Facts Draw(Draw draw, string[] prompts)
    {
        var (provider, model, call) = draw.Of(
            ("openai", "gpt-4o-mini", "call_7Yq2"), ("anthropic", "claude-3-5-sonnet-20241022", "toolu_01Ab"), ("openai", "gpt-4.1", "call_9Zz3"),
            ("house", "house-7b", "0"));
        return new Facts
        {
            Provider = provider,
            Model = model,
            Prompt = draw.Of(prompts),
            PromptVersion = draw.Between(1, 2),
            Milliseconds = draw.Of(40, 900, 5_200, 18_000),
            InputTokens = draw.Between(1, 5_000),
            OutputTokens = draw.Between(1, 900),
            User = $"customer-{draw.Between(1, 5)}",
            CallId = call,
            Status = draw.Of(0, 0, 1, 2),
            SpanName = draw.Of("answer", "reply", "chat gpt"),
            Tag = draw.Of("beta", "vip", "night"),
            Environment = draw.Of("production", "staging"),
            Service = draw.Of("shop", "desk"),
            Late = draw.Below(20),
            HasTool = draw.Chance(0.5),
            Score = draw.Chance(0.7) ? draw.Between(0, 10) : null,
            Verdict = draw.Of("good", "poor", "fail"),
        };
    }

    /// <summary>These facts, but for those that the switches let through: they are the usual ones.</summary>
    public Facts Under(BlindingRules rules, Facts usual)
    {
        var shown = this;
        if (!rules.HideModel) shown = shown with { Model = usual.Model, Provider = usual.Provider };
        if (!rules.HidePromptVersion) shown = shown with { Prompt = usual.Prompt, PromptVersion = usual.PromptVersion };
        // A price is that of a model.
        if (!rules.HideMetrics)
            shown = shown with
            {
                Milliseconds = usual.Milliseconds,
                InputTokens = usual.InputTokens,
                OutputTokens = usual.OutputTokens,
                Model = usual.Model,
                Provider = usual.Provider,
                Late = usual.Late,
            };
        return rules.HideIdentity ? shown : shown with { User = usual.User };
    }
}

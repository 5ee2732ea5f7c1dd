using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace Plumbline.Features.Playground.Models;

/// <summary>Built in and deterministic: no language model, but streams, takes its time or fails, as its name says.</summary>
internal sealed class DemoModel(TimeProvider clock, IOptions<PlaygroundOptions> options) : IChatModel
{
    public const string Echo = "demo-echo";
    public const string Slow = "demo-slow";
    public const string Fail = "demo-fail";

    private const int CharactersPerToken = 4;

    public static ImmutableArray<string> Names => [Echo, Slow, Fail];

    public async Task StreamAsync(ChatRequest request, Action<ChatEvent> publish, CancellationToken cancellationToken)
    {
        if (!Names.Contains(request.Model))
            throw new ProviderFailure(new(
                404, "model_not_found", $"The demo provider has no model {request.Model}; it has {string.Join(", ", Names)}.", false));
        var question = request.Messages.LastOrDefault(m => m.Role == "user")?.Text ?? "";
        var pieces = Pieces($"This is the demo provider, not a language model. You said:\n\n{question}");
        for (var i = 0; i < pieces.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (request.Model == Slow) await Task.Delay(options.Value.DemoPause, clock, cancellationToken);
            else await Task.Yield();
            if (request.Model == Fail && i == pieces.Count / 2)
                throw new ProviderFailure(new(500, "demo_failure", "The model demo-fail always fails half-way, as its name says.", true));
            publish(new TextArrived(pieces[i]));
        }
        var input = Tokens(request.Messages.Sum(m => m.Text.Length));
        var output = Tokens(pieces.Sum(p => p.Length));
        publish(new TokensCounted(new(input, output, input + output, null, null)));
        publish(new ChatEnded("stop"));
    }

    private static long Tokens(int characters) => (characters + CharactersPerToken - 1) / CharactersPerToken;

    /// <summary>Words, each with the blank that follows.</summary>
    private static List<string> Pieces(string text)
    {
        var pieces = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i])) continue;
            pieces.Add(text[start..(i + 1)]);
            start = i + 1;
        }
        if (start < text.Length) pieces.Add(text[start..]);
        return pieces;
    }
}

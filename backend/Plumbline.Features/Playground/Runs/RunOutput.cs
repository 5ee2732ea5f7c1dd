using System.Collections.Immutable;
using System.Text;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Playground.Models;

namespace Plumbline.Features.Playground.Runs;

/// <summary>Puts together what a model says.</summary>
internal sealed class RunOutput(int longest)
{
    private readonly StringBuilder _text = new();
    private readonly SortedDictionary<int, (string? Id, StringBuilder Name, StringBuilder Arguments)> _calls = [];

    public int Length => _text.Length;

    public string Text => _text.ToString();

    public TokenUsage? Tokens { get; private set; }

    public string? FinishReason { get; private set; }

    public bool HasBegun => _text.Length > 0 || _calls.Count > 0;

    public ImmutableArray<ToolCallView> ToolCalls => [.. _calls.Values.Select(c => new ToolCallView(c.Id, c.Name.ToString(), c.Arguments.ToString()))];

    public string TextFrom(int position) => _text.ToString(position, _text.Length - position);

    /// <summary>Takes in what happened.</summary>
    /// <exception cref="ProviderFailure">The answer became too long.</exception>
    public void Take(ChatEvent happened)
    {
        if (happened is TextArrived text) _text.Append(text.Text);
        else if (happened is ToolCallArrived piece) Take(piece);
        else if (happened is TokensCounted counted) Tokens = counted.Tokens;
        else if (happened is ChatEnded ended) FinishReason = ended.Reason;
        if (_text.Length + _calls.Values.Sum(c => c.Arguments.Length) > longest)
            throw new ProviderFailure(new(null, "too_long", $"The answer is longer than {longest:N0} characters, the most that is kept.", false));
    }

    private void Take(ToolCallArrived piece)
    {
        (string? Id, StringBuilder Name, StringBuilder Arguments) call = _calls.TryGetValue(piece.Index, out var known) ? known : (piece.Id, new(), new());
        call.Name.Append(piece.Name);
        call.Arguments.Append(piece.Arguments);
        _calls[piece.Index] = (call.Id ?? piece.Id, call.Name, call.Arguments);
    }
}

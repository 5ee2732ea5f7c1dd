using System.Collections.Immutable;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Prompts;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Playground.Models;

/// <summary>A call of a model.</summary>
/// <param name="BodyJson">The body in the form of OpenAI's chat completions.</param>
/// <param name="Secret">The provider's key, or null.</param>
internal sealed record ChatRequest(ModelProviderView Provider, string? Secret, string Model, ImmutableArray<RenderedMessage> Messages, string BodyJson);

/// <summary>Something that a model says.</summary>
internal abstract record ChatEvent;

internal sealed record TextArrived(string Text) : ChatEvent;

/// <summary>A piece of a tool call; pieces of one index belong together.</summary>
internal sealed record ToolCallArrived(int Index, string? Id, string? Name, string? Arguments) : ChatEvent;

internal sealed record TokensCounted(TokenUsage Tokens) : ChatEvent;

internal sealed record ChatEnded(string Reason) : ChatEvent;

/// <summary>Runs chats at a kind of provider.</summary>
internal interface IChatModel
{
    /// <summary>Runs one chat. Events are passed on as they come, on the caller's context.</summary>
    /// <exception cref="ProviderFailure">The provider refused, failed, fell silent or broke off.</exception>
    Task StreamAsync(ChatRequest request, Action<ChatEvent> publish, CancellationToken cancellationToken);
}

/// <summary>A provider did not do what it was asked.</summary>
internal sealed class ProviderFailure(ProviderErrorView error, Exception? inner = null) : Exception(error.Message, inner)
{
    public ProviderErrorView Error { get; } = error;

    /// <summary>
    /// How long to wait before the call may be made again: zero when it never reached the provider; null when the provider may have begun to work on it.
    /// </summary>
    public TimeSpan? RepeatableAfter { get; init; }
}

/// <summary>Chooses the model that serves a provider.</summary>
internal sealed class ChatModels(DemoModel demo, OpenAiChatModel http)
{
    public IChatModel Of(ModelProviderKind kind) => kind == ModelProviderKind.Demo ? demo : http;
}

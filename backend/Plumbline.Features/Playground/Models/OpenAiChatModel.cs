using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;
using Plumbline.Contracts.Playground;

namespace Plumbline.Features.Playground.Models;

/// <summary>Speaks to whatever serves OpenAI's chat completions: POST {base}/chat/completions, answered by server-sent events.</summary>
internal sealed class OpenAiChatModel(GuardedHttp http, ProviderRepeats repeats, TimeProvider clock, IOptions<PlaygroundOptions> options) : IChatModel
{
    public Task StreamAsync(ChatRequest request, Action<ChatEvent> publish, CancellationToken cancellationToken) =>
        repeats.RunAsync(token => TryAsync(request, publish, token), cancellationToken);

    private async Task TryAsync(ChatRequest request, Action<ChatEvent> publish, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(options.Value.MaxSilence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            using var response = await SendAsync(request, either.Token);
            if (!response.IsSuccessStatusCode)
                throw await ProviderErrors.ReadAsync(
                    response, request.Secret, options.Value.MaxErrorLength, RetryAfter.Of(response, clock.GetUtcNow()), either.Token);
            await ReadAsync(response, request, publish, silence, either.Token);
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ProviderFailure(new(null, "timeout", $"The provider was silent for {options.Value.MaxSilence.TotalSeconds:0} seconds.", true));
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or InvalidDataException)
        {
            throw ProviderErrors.Broken(broken, request.Secret);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var message = Message(request);
            return await http.Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception unsent) when (Unsent.Is(unsent))
        {
            throw ProviderErrors.Unreached(unsent, request.Secret);
        }
    }

    private async Task ReadAsync(
        HttpResponseMessage response, ChatRequest request, Action<ChatEvent> publish, CancellationTokenSource silence,
        CancellationToken cancellationToken)
    {
        var ended = false;
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var data in ServerSentEvents.ReadAsync(stream, options.Value.MaxLineBytes, cancellationToken))
        {
            silence.CancelAfter(options.Value.MaxSilence);
            if (data == "[DONE]") return;
            foreach (var happened in ChatChunk.Read(data, request.Secret))
            {
                ended |= happened is ChatEnded;
                publish(happened);
            }
        }
        if (!ended) throw new ProviderFailure(new(null, "stream_cut", "The provider's answer broke off before its end.", true));
    }

    private static HttpRequestMessage Message(ChatRequest request)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, request.Provider.BaseUrl + "/chat/completions")
        {
            Content = new StringContent(request.BodyJson, Encoding.UTF8, "application/json"),
        };
        message.Headers.Accept.Add(new("text/event-stream"));
        if (request.Secret is null) return message;
        if (request.Provider.Kind == ModelProviderKind.AzureOpenai) message.Headers.TryAddWithoutValidation("api-key", request.Secret);
        else message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", request.Secret);
        return message;
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Plumbline.Contracts.Playground;

namespace Plumbline.Features.Playground.Models;

/// <summary>Turns what providers answer when they fail into one form, in their own words, without the key.</summary>
internal static class ProviderErrors
{
    private const int LongestBody = 64 * 1024;

    /// <summary>The failure that an answer reports.</summary>
    /// <param name="repeatableAfter">When the call may be made again, if it may.</param>
    public static async Task<ProviderFailure> ReadAsync(
        HttpResponseMessage response, string? secret, int longest, TimeSpan? repeatableAfter, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var body = await TextAsync(response, cancellationToken);
        try
        {
            using var document = JsonDocument.Parse(body);
            if (Find(document.RootElement, status, secret) is { } error)
                return new(error with { Message = Shortened(error.Message, longest) }) { RepeatableAfter = repeatableAfter };
        }
        catch (JsonException)
        {
            // A proxy's page or plain text: passed on as it is.
        }
        var words = string.IsNullOrWhiteSpace(body) ? response.ReasonPhrase ?? "no reason given" : body.Trim();
        return new(new(
            status, null, Shortened(
                $"The provider answered {status}: {Hide(words, secret)}", longest), IsRetryable(status)))
        { RepeatableAfter = repeatableAfter };
    }

    /// <summary>The error that a JSON answer carries; null when it carries none.</summary>
    public static ProviderErrorView? Find(JsonElement answer, int? status, string? secret)
    {
        if (answer.ValueKind == JsonValueKind.Array && answer.GetArrayLength() > 0) answer = answer[0]; // Gemini wraps errors in a list
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("error", out var error)) return null;
        if (error.ValueKind == JsonValueKind.String) return new(status, null, Hide(error.GetString()!, secret), IsRetryable(status));
        if (error.ValueKind != JsonValueKind.Object) return null;
        var code = error.TryGetProperty("code", out var given) && given.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? given.ToString()
            : ChatChunk.Text(error, "type");
        status ??= code is not null && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 400 and <= 599
            ? number
            : null;
        return new(status, code, Hide(ChatChunk.Text(error, "message") ?? "The provider reported an error without words.", secret), IsRetryable(status));
    }

    /// <summary>The failure of a connection that could not be made, or that broke.</summary>
    public static ProviderFailure Broken(Exception broken, string? secret)
    {
        if (NotReached(broken) is { } words) return new(new(null, "unreachable", words, true), broken);
        return broken is InvalidDataException
            ? new(new(null, "bad_stream", broken.Message, false), broken)
            : new(new(null, "unreachable", Hide($"The provider could not be reached, or the connection broke: {broken.Message}", secret), true), broken);
    }

    /// <summary>The failure of a connection that never stood, so that nothing was asked.</summary>
    public static ProviderFailure Unreached(Exception unsent, string? secret) =>
        new(new(null, "unreachable", NotReached(unsent) ?? Hide($"The provider could not be reached: {unsent.Message}", secret), true), unsent)
        {
            RepeatableAfter = TimeSpan.Zero,
        };

    /// <summary>The words for a connection that was not made, when they may not say more.</summary>
    private static string? NotReached(Exception? failure) => failure switch
    {
        ProviderNotReachedException said => said.Message,
        null => null,
        _ => NotReached(failure.InnerException),
    };

    private static bool IsRetryable(int? status) => status is null or 408 or 409 or 425 or 429 or >= 500;

    private static string Hide(string words, string? secret) => string.IsNullOrEmpty(secret) ? words : words.Replace(secret, "***", StringComparison.Ordinal);

    private static string Shortened(string words, int longest) => words.Length <= longest ? words : words[..longest] + "…";

    private static async Task<string> TextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[LongestBody];
        var length = await stream.ReadAtLeastAsync(buffer, LongestBody, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}

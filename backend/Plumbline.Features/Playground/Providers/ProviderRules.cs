using System.Net;
using Plumbline.Contracts;
using Plumbline.Contracts.Playground;

namespace Plumbline.Features.Playground.Providers;

/// <summary>What providers may be.</summary>
internal static class ProviderRules
{
    private const int LongestUrl = 500;

    /// <summary>Where a kind is reached when nothing else is said; null when it must be said.</summary>
    public static string? DefaultBaseUrl(ModelProviderKind kind) => kind switch
    {
        ModelProviderKind.Openai => "https://api.openai.com/v1",
        ModelProviderKind.Anthropic => "https://api.anthropic.com/v1",
        ModelProviderKind.Gemini => "https://generativelanguage.googleapis.com/v1beta/openai",
        _ => null,
    };

    /// <summary>The address as it is kept: without a slash at its end.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT.</exception>
    public static string BaseUrl(string? given, ModelProviderKind kind, PlaygroundOptions options)
    {
        var text = string.IsNullOrWhiteSpace(given) ? DefaultBaseUrl(kind) : given.Trim();
        if (text is null) throw Failure.BadInput("This kind of provider needs a baseUrl, such as https://models.example.com/v1.");
        if (text.Length > LongestUrl || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            throw Failure.BadInput($"'{text}' is not a valid baseUrl: give an address such as https://models.example.com/v1.");
        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
            throw Failure.BadInput("A baseUrl holds no user name, password, query or fragment. The key goes into apiKey.");
        if (options.AllowPrivateAddresses) return text.TrimEnd('/');
        if (url.Scheme != "https")
            throw Failure.BadInput(
                "A baseUrl begins with https://, so that the key is not sent in the clear. (A server that runs with --private-providers allow "
                    + "takes http:// too.)");
        if (url.IsLoopback || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && !PublicAddresses.Allow(address)))
            throw Failure.BadInput("A baseUrl may not point into the server's own network, unless the server runs with --private-providers allow.");
        return text.TrimEnd('/');
    }

    /// <summary>The models to offer, trimmed, each once.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT.</exception>
    public static IEnumerable<string> Models(IReadOnlyList<string>? given, PlaygroundOptions options)
    {
        var models = (given ?? []).Select(m => m.Trim()).Where(m => m.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        if (models.Length > options.MaxModels) throw Failure.BadInput($"There are {models.Length} models; at most {options.MaxModels} are allowed.");
        return models.FirstOrDefault(m => m.Length > 200) is { } tooLong
            ? throw Failure.BadInput($"The model name '{tooLong[..40]}…' is longer than 200 characters.")
            : models;
    }

    /// <summary>The budget, if it is one.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT.</exception>
    public static decimal? Budget(decimal? given) =>
        given is null or (>= 0 and <= 1_000_000) ? given : throw Failure.BadInput("monthlyBudgetUsd must be between 0 and 1,000,000, or null for none.");

    /// <summary>The end of a secret, when it is long enough to show any of it.</summary>
    public static string Hint(string secret) => secret.Length >= 12 ? "…" + secret[^4..] : "…";
}

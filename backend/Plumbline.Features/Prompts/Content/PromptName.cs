using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Plumbline.Contracts;

namespace Plumbline.Features.Prompts.Content;

/// <summary>Names of prompts and labels: they are part of keys, addresses and traces.</summary>
internal static class PromptName
{
    /// <summary>The label that deploys.</summary>
    public const string Production = "production";

    private static readonly Regex Name = new(
        @"^[a-z0-9]([a-z0-9._-]|/[a-z0-9]){0,98}\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);
    private static readonly Regex Label = new(
        @"^[a-z0-9][a-z0-9._-]{0,49}\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);

    public static bool IsWellFormed(string name) => name.Length <= 100 && Name.IsMatch(name);

    /// <summary>The name of a prompt, if it is one.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT.</exception>
    public static string Require(string name) => IsWellFormed(name)
        ? name
        : throw Failure.BadInput(
            $"'{Shown(name)}' is not a valid name of a prompt: use 1 to 100 lower-case letters, digits, '.', '_', '-', and '/' between them, beginning with a "
                + "letter or digit.");

    /// <summary>The name of a label, if it is one.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT.</exception>
    public static string RequireLabel(string label)
    {
        if (!Label.IsMatch(label))
            throw Failure.BadInput(
                $"'{Shown(label)}' is not a valid label: use 1 to 50 lower-case letters, digits, '.', '_' and '-', beginning with a letter or digit.");
        return label == "latest" ? throw Failure.BadInput("The label 'latest' cannot be set: the newest version is always the latest.") : label;
    }

    /// <summary>What was written, with signs that nobody sees, such as a line feed at the end, made visible.</summary>
    private static string Shown(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);
}

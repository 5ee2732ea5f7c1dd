using System.Text.RegularExpressions;

namespace Plumbline.Otlp.Redaction;

/// <summary>The expressions of rules that bring their own.</summary>
internal static class RedactionRegex
{
    /// <summary>Linear time where the expression allows it; where it does not, the time limit holds.</summary>
    public static Regex Of(RedactionPattern pattern, TimeSpan timeout)
    {
        var expression = pattern.Pattern ?? throw new ArgumentException($"The rule '{pattern.Name}' has no pattern.", nameof(pattern));
        try
        {
            return new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, timeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(expression, RegexOptions.CultureInvariant, timeout);
        }
    }
}

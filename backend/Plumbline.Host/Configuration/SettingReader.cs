using System.Collections;
using System.Globalization;

namespace Plumbline.Host.Configuration;

/// <summary>Looks settings up by option and environment variable, and collects what is wrong with them.</summary>
internal sealed class SettingReader
{
    private readonly Dictionary<string, string> _arguments = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly IDictionary _environment;

    public SettingReader(IReadOnlyList<string> arguments, IDictionary environment)
    {
        _environment = environment;
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            if (value is null && i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal)) value = arguments[++i];
            if (value is null) Problems.Add($"{name} has no value; write {name} <value>.");
            else _arguments[name] = value;
        }
    }

    public List<string> Problems { get; } = [];

    /// <summary>The text of a setting, or null when it is absent or empty.</summary>
    public string? Text(string? option, string variable)
    {
        if (option is not null) _known.Add(option);
        var text = option is not null && _arguments.TryGetValue(option, out var given) ? given : _environment[variable] as string;
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>A port.</summary>
    /// <param name="option">The option's name.</param>
    /// <param name="variable">The environment variable's name.</param>
    /// <param name="fallback">The port when neither is given.</param>
    /// <param name="zero">What 0 stands for.</param>
    public int Port(string option, string variable, int fallback, string zero = "a free port")
    {
        if (Text(option, variable) is not { } text) return fallback;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65_535) return port;
        Problems.Add($"{option} ({variable}) is '{text}'; allowed are 0 ({zero}) to 65535.");
        return fallback;
    }

    /// <summary>A whole number from 1 on.</summary>
    public int Count(string option, string variable, int fallback, int most = int.MaxValue)
    {
        if (Text(option, variable) is not { } text) return fallback;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 && count <= most) return count;
        Problems.Add($"{option} ({variable}) is '{text}'; allowed are 1 to {most}.");
        return fallback;
    }

    /// <summary>Something with a grammar of its own.</summary>
    public T? Parsed<T>(string option, string variable, T? fallback, Func<string, T?> parse, string allowed) where T : class
    {
        if (Text(option, variable) is not { } text) return fallback;
        if (parse(text) is { } value) return value;
        Problems.Add($"{option} ({variable}) is '{text}'; allowed are {allowed}.");
        return fallback;
    }

    /// <summary>Something that no sentence may repeat. A value that begins with @ names a file that holds it.</summary>
    public T? Secret<T>(string? option, string variable, Func<string, T?> parse, string allowed) where T : class
    {
        if (Text(option, variable) is not { } text) return null;
        var name = option is null ? variable : $"{option} ({variable})";
        if ((text.StartsWith('@') ? FileText(name, text[1..]) : text) is not { } secret) return null;
        if (parse(secret) is { } value) return value;
        Problems.Add($"{name} is not repeated here, for it may hold a secret, and cannot be used; allowed are {allowed}.");
        return null;
    }

    private string? FileText(string name, string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problems.Add($"{name} names the file '{path}', which cannot be read.");
            return null;
        }
    }

    public T OneOf<T>(string option, string variable, T fallback) where T : struct, Enum
    {
        if (Text(option, variable) is not { } text) return fallback;
        if (!char.IsAsciiDigit(text[0]) && Enum.TryParse<T>(text, true, out var value)) return value;
        Problems.Add($"{option} ({variable}) is '{text}'; allowed are {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");
        return fallback;
    }

    /// <summary>After all settings were asked for: whatever else was given is a mistake.</summary>
    public void RefuseUnknownArguments()
    {
        foreach (var name in _arguments.Keys.Where(name => !_known.Contains(name)))
            Problems.Add($"{name} is not a known option; there are {string.Join(", ", _known)}.");
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=');
        return equals < 0 || !argument.StartsWith("--", StringComparison.Ordinal) ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }
}

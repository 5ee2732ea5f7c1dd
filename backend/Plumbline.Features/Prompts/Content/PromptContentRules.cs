using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Kernel.Json;
using Plumbline.Features.Prompts.Templates;

namespace Plumbline.Features.Prompts.Content;

/// <summary>What content may be. Says every mistake at once.</summary>
internal sealed class PromptContentRules(PromptsOptions options)
{
    private const int MaxMistakesListed = 20;

    private static readonly Regex Name = new(@"^[A-Za-z_][A-Za-z0-9_]{0,63}\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private static readonly Regex ToolName = new(@"^[A-Za-z0-9_-]{1,64}\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private readonly List<string> _mistakes = [];

    /// <summary>The content as it is kept: line ends as \n, JSON in canonical form.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT.</exception>
    public static PromptContent Require(PromptContent content, PromptsOptions options)
    {
        // Before anything is read that is certain to be refused.
        RequireSize(content.Messages.Sum(m => (long)m.Template.Length), options);
        var rules = new PromptContentRules(options);
        var kept = rules.Kept(content);
        if (rules._mistakes.Count > 0) throw Failure.BadInput(string.Join(Environment.NewLine, rules._mistakes.Take(MaxMistakesListed)));
        RequireSize(Encoding.UTF8.GetByteCount(PromptHash.CanonicalForm(kept)), options);
        return kept;
    }

    private static void RequireSize(long bytes, PromptsOptions options)
    {
        if (bytes > options.MaxContentBytes)
            throw Failure.BadInput($"The prompt is {bytes:N0} bytes long; at most {options.MaxContentBytes:N0} are allowed.");
    }

    private PromptContent Kept(PromptContent content)
    {
        Limit(content.Messages.Length, options.MaxMessages, "messages");
        Limit(content.Variables.Length, options.MaxVariables, "variables");
        Limit(content.Tools.Length, options.MaxTools, "tools");
        if (content.Messages.Length == 0) _mistakes.Add("A prompt needs at least one message.");
        var kept = content with
        {
            Messages = [.. content.Messages.Select(m => m with { Template = Lines(m.Template) })],
            Variables = [.. content.Variables.Select(Variable)],
            Model = Text(content.Model),
            Provider = Text(content.Provider),
            ParametersJson = Object(content.ParametersJson, "parameters") ?? "{}",
            Tools = [.. content.Tools.Select(Tool)],
            ResponseSchemaJson = Object(content.ResponseSchemaJson, "responseSchema"),
            Code = content.Code is { } code
                ? code with { Source = Lines(code.Source), DependenciesJson = Json(code.DependenciesJson, "code.dependencies") ?? "{}" }
                : null,
        };
        Once(kept.Variables.Select(v => v.Name), "variable");
        Once(kept.Tools.Select(t => t.Name), "tool");
        for (var i = 0; i < kept.Messages.Length; i++) Template(kept, i);
        return kept;
    }

    private void Template(PromptContent content, int message)
    {
        var template = content.Messages[message].Template;
        if (template.Length > options.MaxTemplateLength)
        {
            _mistakes.Add($"Message {message + 1} has {template.Length:N0} characters; at most {options.MaxTemplateLength:N0} are allowed.");
            return;
        }
        var (nodes, error) = TemplateParser.Parse(template, message);
        if (error is not null) _mistakes.Add(error.ToString());
        else _mistakes.AddRange(TemplateChecker.Check(nodes, content.Variables, message).Select(e => e.ToString()));
    }

    private PromptVariable Variable(PromptVariable variable)
    {
        if (!Name.IsMatch(variable.Name))
            _mistakes.Add($"'{variable.Name}' is not a valid name of a variable: use letters, digits and _, no digit first, at most 64.");
        Once(variable.EnumValues, $"value of the variable {variable.Name},");
        var kept = variable with { Description = Text(variable.Description), DefaultJson = Json(variable.DefaultJson, $"The default of {variable.Name}") };
        if (kept.DefaultJson is not { } otherwise) return kept;
        using var document = JsonDocument.Parse(otherwise);
        if (VariableValues.Mistake(kept, document.RootElement) is { } mistake) _mistakes.Add("The default is wrong: " + mistake.Text);
        return kept;
    }

    private PromptTool Tool(PromptTool tool)
    {
        if (!ToolName.IsMatch(tool.Name)) _mistakes.Add($"'{tool.Name}' is not a valid name of a tool: use letters, digits, _ and -, at most 64.");
        return tool with { Description = Text(tool.Description), ParametersJson = Object(tool.ParametersJson, $"The parameters of the tool {tool.Name}") };
    }

    private string? Object(string? json, string what)
    {
        var text = Json(json, what);
        if (text is null || text[0] == '{') return text;
        _mistakes.Add($"{what} must be a JSON object.");
        return null;
    }

    /// <summary>Canonical text; null for none and for JSON's null.</summary>
    private string? Json(string? json, string what)
    {
        if (json is null) return null;
        try
        {
            return Rfc8785Json.Of(json) is var text and not "null" ? text : null;
        }
        catch (JsonException wrong)
        {
            _mistakes.Add($"{what} is no JSON: {wrong.Message}");
            return null;
        }
    }

    private void Limit(int count, int most, string what)
    {
        if (count > most) _mistakes.Add($"There are {count} {what}; at most {most} are allowed.");
    }

    private void Once(IEnumerable<string> names, string what)
    {
        foreach (var twice in names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1))
            _mistakes.Add($"The {what} {twice.Key} stands there {twice.Count()} times; keep one.");
    }

    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : Lines(text).Trim();
}

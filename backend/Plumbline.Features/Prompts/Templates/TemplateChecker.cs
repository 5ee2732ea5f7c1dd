using System.Collections.Immutable;
using Plumbline.Contracts.Prompts;

namespace Plumbline.Features.Prompts.Templates;

/// <summary>Finds tags that name nothing. Inside a section <c>item</c> and <c>.</c> are its current element.</summary>
internal sealed class TemplateChecker(ImmutableArray<PromptVariable> variables, int message)
{
    private readonly List<TemplateError> _errors = [];

    public static IReadOnlyList<TemplateError> Check(ImmutableArray<TemplateNode> nodes, ImmutableArray<PromptVariable> variables, int message)
    {
        var checker = new TemplateChecker(variables, message);
        // A template that is one MESSAGES placeholder stands for those messages.
        if (!(AloneIn(nodes) is { } alone && checker.Find(alone.Path)?.Type == VariableType.Messages)) checker.Walk(nodes, inSection: false);
        return checker._errors;
    }

    /// <summary>The placeholder, when the template is nothing else but blanks.</summary>
    public static ValueNode? AloneIn(ImmutableArray<TemplateNode> nodes)
    {
        var values = nodes.Where(n => n is not TextNode text || !string.IsNullOrWhiteSpace(text.Text)).ToArray();
        return values is [ValueNode { Path.IsCurrent: false } value] && value.Path.Fields.IsEmpty ? value : null;
    }

    private void Walk(ImmutableArray<TemplateNode> nodes, bool inSection)
    {
        foreach (var node in nodes)
        {
            if (node is ValueNode value) CheckPath(value.Path, value.At, inSection, isSection: false);
            if (node is not SectionNode section) continue;
            CheckPath(section.Path, section.At, inSection, isSection: true);
            Walk(section.Body, inSection: true);
        }
    }

    private void CheckPath(TemplatePath path, Position at, bool inSection, bool isSection)
    {
        if (path.IsCurrent)
        {
            if (!inSection) Add(at, TemplateErrors.ItemOutsideSection, "{{.}} is the current element of a section, and there is none here.");
            return;
        }
        if (inSection && path.Root == TemplatePath.Item) return;
        if (Find(path) is not { } variable)
        {
            Add(at, TemplateErrors.UnknownVariable, $"There is no variable {path.Root}; declare it, or correct the name.");
            return;
        }
        if (!path.Fields.IsEmpty && variable.Type != VariableType.Object)
            Add(at, TemplateErrors.NoFields, $"The variable {path.Root} is no OBJECT, so it has no field {path.Text[(path.Root.Length + 1)..]}.");
        else if (variable.Type == VariableType.Messages && !isSection)
            Add(at, TemplateErrors.MessagesNotAlone, $"The variable {path.Root} holds whole messages; it must be the only thing in its message.");
    }

    private PromptVariable? Find(TemplatePath path) => variables.FirstOrDefault(v => v.Name == path.Root);

    private void Add(Position at, string code, string text) => _errors.Add(new(message, at.Line, at.Column, code, text));
}

using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Leaves have no selection, everything else has one. https://spec.graphql.org/September2025/#sec-Leaf-Field-Selections</summary>
internal sealed class ScalarLeafsRule : ValidationRule
{
    public override void EnterField(FieldNode node)
    {
        if (Context.Field is not { } field) return;
        if (field.Type.Named.IsLeaf)
        {
            if (node.SelectionSet is { } set)
                Report($"Field \"{node.Name}\" must not have a selection since type \"{field.Type}\" has no subfields.", set.Start);
        }
        else if (node.SelectionSet is null)
        {
            Report($"Field \"{node.Name}\" of type \"{field.Type}\" must have a selection of subfields. Did you mean \"{node.Name} {{ ... }}\"?", node.Start);
        }
    }
}

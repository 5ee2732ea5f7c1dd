using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>A field of an input object is given once. https://spec.graphql.org/September2025/#sec-Input-Object-Field-Uniqueness</summary>
internal sealed class UniqueInputFieldNamesRule : ValidationRule
{
    public override void EnterValue(ValueNode node, GraphQLType? type) => Check(node);

    private void Check(ValueNode node)
    {
        if (node is ListValueNode list)
        {
            foreach (var item in list.Values) Check(item);
        }
        if (node is not ObjectValueNode obj) return;
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var field in obj.Fields)
        {
            if (!known.TryAdd(field.Name.Value, field.Name.Start))
                Report($"There can be only one input field named \"{field.Name}\".", known[field.Name.Value], field.Name.Start);
            Check(field.Value);
        }
    }
}

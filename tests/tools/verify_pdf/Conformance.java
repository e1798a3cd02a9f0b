import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Applies the veraPDF rules of one or more profiles to one PDF file.
 *
 * Arguments: FILE PROFILE... (PDFUA-1, PDFA-3A: names of the profiles that lie in the engine's jar).
 * Writes one line per broken rule (profile, clause, how often, message, first place) and one closing line per profile
 * (profile, "checked", number of checks), the fields parted by tabs. A profile without a closing line was not checked.
 */
public final class Conformance {
    private static final int MOST_FAILURES = 10_000;

    private Conformance() {
    }

    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        for (int index = 1; index < arguments.length; index++) {
            check(arguments[0], arguments[index]);
        }
    }

    private static void check(String file, String name) throws Exception {
        ValidationProfile profile = profile(name);
        try (InputStream content = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(content, profile.getPDFAFlavour());
                PDFAValidator validator = ValidatorFactory.createValidator(profile, MOST_FAILURES, true, false, false)) {
            ValidationResult result = validator.validate(parser);
            Map<String, Integer> counts = new TreeMap<>();
            Map<String, String> places = new TreeMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    RuleId rule = assertion.getRuleId();
                    String broken = rule.getClause() + "-" + rule.getTestNumber() + "\t" + flat(assertion.getMessage());
                    counts.merge(broken, 1, Integer::sum);
                    places.putIfAbsent(broken, flat(assertion.getLocation().getContext()));
                }
            }
            counts.forEach((broken, count) -> {
                String[] parts = broken.split("\t", 2);
                print(name, parts[0], count.toString(), parts[1], places.get(broken));
            });
            if (!result.isCompliant() && counts.isEmpty()) {
                print(name, "?", "1", "not compliant, and no broken rule named", "");
            }
            print(name, "checked", String.valueOf(result.getTotalAssertions()));
        }
    }

    /** Reads a profile from its XML in the jar; the engine's own reader needs a library that the jar lacks. */
    private static ValidationProfile profile(String name) throws Exception {
        Element root;
        try (InputStream xml = Profiles.class.getClassLoader()
                .getResourceAsStream("org/verapdf/pdfa/validation/" + name + ".xml")) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml).getDocumentElement();
        }
        Set<Rule> rules = new HashSet<>();
        for (Element rule : all(root, "rule")) {
            Element id = all(rule, "id").get(0);
            RuleId ruleId = Profiles.ruleIdFromValues(
                    PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                    id.getAttribute("clause"),
                    Integer.parseInt(id.getAttribute("testNumber")));
            String deferred = rule.getAttribute("deferred");
            rules.add(Profiles.ruleFromValues(
                    ruleId,
                    rule.getAttribute("object"),
                    deferred.isEmpty() ? null : Boolean.valueOf(deferred),
                    rule.getAttribute("tags"),
                    text(rule, "description"),
                    text(rule, "test"),
                    Profiles.errorFromValues(text(rule, "message"), new ArrayList<>()),
                    new ArrayList<>()));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element variable : all(root, "variable")) {
            variables.add(Profiles.variableFromValues(
                    variable.getAttribute("name"),
                    variable.getAttribute("object"),
                    text(variable, "defaultValue"),
                    text(variable, "value")));
        }
        PDFAFlavour flavour = PDFAFlavour.valueOf(root.getAttribute("flavour"));
        return Profiles.profileFromValues(
                flavour, Profiles.profileDetailsFromValues(name, "", "", new Date(0)), "", rules, variables);
    }

    private static List<Element> all(Element parent, String tag) {
        NodeList nodes = parent.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int index = 0; index < nodes.getLength(); index++) {
            elements.add((Element) nodes.item(index));
        }
        return elements;
    }

    private static String text(Element parent, String tag) {
        List<Element> elements = all(parent, tag);
        return elements.isEmpty() ? null : elements.get(0).getTextContent();
    }

    private static String flat(String text) {
        return text == null ? "" : text.replaceAll("\\s+", " ");
    }

    private static void print(String... fields) {
        System.out.println(String.join("\t", fields));
    }
}

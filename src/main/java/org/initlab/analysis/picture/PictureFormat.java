package org.initlab.analysis.picture;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** How a picture is encoded. */
public enum PictureFormat {
    /** Text stays text. */
    SVG {
        @Override
        public byte[] encode(Drawing drawing, Theme theme, int width, int height) {
            try {
                Document document = DocumentBuilderFactory.newDefaultInstance()
                        .newDocumentBuilder()
                        .getDOMImplementation()
                        .createDocument(NAMESPACE, "svg", null);
                SVGGraphics2D g2 = new SVGGraphics2D(document);
                g2.setSVGCanvasSize(new Dimension(width, height));
                drawing.paint(g2, theme, width, height);
                Element root = g2.getRoot();
                root.setAttribute("viewBox", "0 0 " + width + " " + height);
                root.setAttribute("role", "img");
                Element title = document.createElementNS(NAMESPACE, "title");
                title.setTextContent(drawing.title());
                root.insertBefore(title, root.getFirstChild());
                // Batik's own writer would name a DTD, which parsers fetch
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                TransformerFactory.newDefaultInstance()
                        .newTransformer()
                        .transform(new DOMSource(root), new StreamResult(out));
                return out.toByteArray();
            } catch (ParserConfigurationException | TransformerException e) {
                throw new IllegalStateException("the JDK's XML does not work", e);
            }
        }
    },
    PNG {
        @Override
        public byte[] encode(Drawing drawing, Theme theme, int width, int height) {
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D g2 = image.createGraphics();
            try {
                drawing.paint(g2, theme, width, height);
            } finally {
                g2.dispose();
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                ImageIO.write(image, "png", out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out.toByteArray();
        }
    };

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    /**
     * Draws and encodes.
     *
     * @param width in pixels
     * @param height in pixels
     */
    public abstract byte[] encode(Drawing drawing, Theme theme, int width, int height);
}
